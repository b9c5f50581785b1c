import CivilTime
import Ledger

extension Decide {
    /// Accepts a submission: settles the duty and the review.
    static func accept(
        _ text: String?,
        _ acting: Acting,
        _ draft: inout Draft
    ) throws -> Acted {
        let duty = acting.duty
        let judge = try judge(acting, draft)
        var note: Digest?
        if let text { note = try commit(text, "note", acting, &draft) }
        var author = acting.author
        author.post = judge.post
        let acceptance = Acceptance(note: note, singleSignature: judge.isSingle)
        let seq = try draft.record(
            .accept(acceptance),
            number: duty.number,
            reason: .reviewed,
            by: author
        )
        let ended = try endReview(judge, acting, author, &draft)
        try cancelNotices(of: duty.number, &draft)
        if judge.isSingle {
            let (plan, _) = try draft.context(duty)
            _ = try tellFallback(.singleSignature, duty, plan, nil, &draft)
        }
        return Acted(number: duty.number, opened: [], settled: ended, seq: seq)
    }

    /// Returns a submission with a new due date: owed again.
    static func sendBack(
        _ text: String,
        _ within: Term?,
        _ acting: Acting,
        _ draft: inout Draft
    ) throws -> Acted {
        var duty = acting.duty
        let judge = try judge(acting, draft)
        let (plan, _) = try draft.context(duty)
        let due = try newDue(within, duty, plan, draft.now.wall)
        duty.dueAt = due.instant
        duty.openAt = draft.now.wall
        let note = try commit(text, "reason", acting, &draft)
        var author = acting.author
        author.post = judge.post
        let returning = Returning(
            note: note,
            dueAt: due.instant,
            isProvisional: due.isProvisional,
            reminders: reminders(duty, plan)
        )
        let number = duty.number
        let seq = try draft.record(
            .return(returning),
            number: number,
            reason: .reviewed,
            by: author
        )
        let ended = try endReview(judge, acting, author, &draft)
        let ordinal = "returned.c\(duty.cycle + 1)"
        try notify(.returned, duty, to: duty.obligor, ordinal: ordinal, note: note, &draft)
        return Acted(number: number, opened: [], settled: ended, seq: seq)
    }

    /// A return leaves the ladder's least time, or the duty's own term if that is shorter, unless
    /// the reviewer gives more; at most the duty's own term again.
    private static func newDue(
        _ within: Term?,
        _ duty: Duty,
        _ plan: Plan,
        _ now: Instant
    ) throws -> Deadline {
        let keeper = plan.timekeeper
        let least = shorter(plan.ladder.returned, duty.term, keeper, now)
        let due = keeper.deadline(from: now, term: within ?? least)
        let earliest = keeper.deadline(from: now, term: least).instant
        guard due.instant >= earliest else {
            throw Refusal.badArgument("within", "a returned duty needs at least \(least)")
        }
        let latest = max(earliest, keeper.deadline(from: now, term: duty.term).instant)
        guard due.instant <= latest else {
            let most = latest == earliest ? least : duty.term
            throw Refusal.badArgument("within", "at most \(most), the duty's own term")
        }
        return due
    }

    /// Settles the actor's own review, or the supervise duty that the actor owes about it; those
    /// of others are moot.
    private static func endReview(
        _ judge: Judge,
        _ acting: Acting,
        _ author: Author,
        _ draft: inout Draft
    ) throws -> [Int64] {
        let (_, chain) = try draft.context(acting.duty)
        return try endChain(
            acting.duty.number,
            settles: { chain.holder($0.obligor)?.id == acting.person },
            moot: superseded(by: judge.post, chain),
            by: author,
            &draft
        )
    }

    /// Who may judge a submission: the obligor of its review, or anybody above on the line; never
    /// who handed it in or owes it, unless no second senior exists (contract 6).
    private static func judge(_ acting: Acting, _ draft: Draft) throws -> Judge {
        let duty = acting.duty
        let review = try draft.tree(duty.number).last {
            $0.kind == .review && !$0.state.isSettled
        }
        guard duty.state == .submitted, let review else {
            let text = "only a submitted duty can be accepted or returned"
            throw Refusal.wrongState(duty.number, state: duty.state, text)
        }
        let (_, chain) = try draft.context(duty)
        let reviewer = chain.holder(review.obligor)
        let isOwn = reviewer?.id == acting.person
        let isSubmitter = duty.submittedBy == acting.person
        let isObligor = chain.holder(duty.obligor)?.id == acting.person
        if isSubmitter || isObligor {
            guard isOwn, review.obligor == duty.obligor else {
                let text = "nobody signs off their own duty; \(reviewer?.name ?? "") reviews it"
                throw Refusal.notAllowed(text)
            }
            return Judge(review: review, post: review.obligor, isOwn: true, isSingle: true)
        }
        if isOwn {
            return Judge(review: review, post: review.obligor, isOwn: true, isSingle: false)
        }
        guard let post = chain.post(of: acting.person),
            chain.height(post) > chain.height(review.obligor)
        else {
            let name = reviewer?.name ?? review.obligor.description
            throw Refusal.notAllowed("\(name) (\(review.obligor)) or a post above reviews it")
        }
        return Judge(review: review, post: post, isOwn: false, isSingle: false)
    }
}

/// Somebody who may judge a submission.
private struct Judge {
    /// The open review.
    var review: Duty
    /// The post in which they judge.
    var post: Post
    /// Whether the review is theirs.
    var isOwn: Bool
    /// Whether they sign alone at the top.
    var isSingle: Bool
}
