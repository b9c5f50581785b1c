import CivilTime
import Ledger

extension Decide {
    /// Urges the obligor of a late duty: settles the actor's own supervise duty, and starts a
    /// follow-up date after which rule B fires one level higher (contract 3).
    static func urge(
        _ text: String?,
        _ followUp: Term?,
        _ acting: Acting,
        _ draft: inout Draft
    ) throws -> Acted {
        let now = draft.now.wall
        let matter = try lateMatter(acting, draft)
        let (plan, chain) = try draft.context(matter)
        let supervising = try draft.tree(matter.root).filter {
            $0.kind == .supervise && !$0.state.isSettled
        }
        let post = try urgingPost(acting, supervising, matter, chain)
        let term = try followUpTerm(followUp, matter, plan, now)
        var note: Digest?
        if let text { note = try commit(text, "reason", acting, &draft) }
        var author = acting.author
        author.post = post
        var followUpAt = plan.timekeeper.deadline(from: now, term: term).instant
        // A second urge does not put off the follow-up of the first: else urging ends the chain.
        if matter.followsUp, let running = matter.escalateAt {
            followUpAt = min(followUpAt, running)
        }
        let seq = try draft.record(
            .urge(Urging(note: note, followUpAt: followUpAt)),
            number: matter.number,
            reason: .person,
            by: author
        )
        let ended = try endChain(
            matter.root,
            where: { $0.kind == .supervise },
            settles: { chain.holder($0.obligor)?.id == acting.person },
            moot: superseded(by: post, chain),
            by: author,
            &draft
        )
        let ordinal = "urged.s\(seq)"
        try notify(
            .urged,
            matter,
            to: matter.obligor,
            ordinal: ordinal,
            about: matter.root,
            note: note,
            &draft
        )
        return Acted(number: acting.duty.number, opened: [], settled: ended, seq: seq)
    }

    /// What is late: the duty itself, or its review once it is submitted.
    private static func lateMatter(_ acting: Acting, _ draft: Draft) throws -> Duty {
        let duty = acting.duty
        var matter = duty
        if duty.state == .submitted {
            let review = try draft.tree(duty.number).last {
                $0.kind == .review && !$0.state.isSettled
            }
            matter = review ?? duty
        }
        guard matter.state.isOwed, matter.isLate(at: draft.now.wall) else {
            let text = "only a late duty can be urged"
            throw Refusal.wrongState(duty.number, state: duty.state, text)
        }
        return matter
    }

    /// Who may urge: the obligor of an open supervise duty about it, or a post above all of them;
    /// never the person whose act it is about, whatever other post they hold.
    private static func urgingPost(
        _ acting: Acting,
        _ supervising: [Duty],
        _ matter: Duty,
        _ chain: Chain
    ) throws -> Post {
        let owing = [matter, acting.duty].first { chain.holder($0.obligor)?.id == acting.person }
        if let owing {
            throw Refusal.notAllowed("nobody urges themselves: you owe it as \(owing.obligor)")
        }
        let own = supervising.last { chain.holder($0.obligor)?.id == acting.person }
        if let own { return own.obligor }
        let highest = supervising.map { chain.height($0.obligor) }.max()
        let floor = highest ?? chain.height(matter.obligor)
        guard let post = chain.post(of: acting.person), chain.height(post) > floor else {
            let owing = supervising.last.flatMap { chain.holder($0.obligor)?.name }
            let who = owing.map { "\($0) or a post above owes" } ?? "a post above the obligor owes"
            throw Refusal.notAllowed("\(who) the next act on D-\(acting.duty.number)")
        }
        return post
    }

    /// The follow-up is the level's term, and at most the longer of it and the duty's own term.
    private static func followUpTerm(
        _ asked: Term?,
        _ matter: Duty,
        _ plan: Plan,
        _ now: Instant
    ) throws -> Term {
        let keeper = plan.timekeeper
        let usual = shorter(plan.ladder.supervise, matter.term, keeper, now)
        guard let asked else { return usual }
        let ladder = keeper.deadline(from: now, term: plan.ladder.supervise).instant
        let own = keeper.deadline(from: now, term: matter.term).instant
        guard keeper.deadline(from: now, term: asked).instant <= max(ladder, own) else {
            let most = ladder < own ? matter.term : plan.ladder.supervise
            throw Refusal.badArgument("followUp", "at most \(most) for this duty")
        }
        return asked
    }
}
