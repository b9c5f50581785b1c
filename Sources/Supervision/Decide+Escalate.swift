import CivilTime
import Ledger

extension Decide {
    /// Rule B: a duty that is late opens a supervise duty one level up, and at the top stays
    /// visible until somebody acts.
    static func escalate(_ duty: Duty, at nominal: Instant, _ draft: inout Draft) throws {
        let (plan, chain) = try draft.context(duty)
        guard let (holder, skipped) = next(for: duty, chain) else {
            return try leaveUnattended(duty, at: nominal, plan, chain, &draft)
        }
        let keeper = plan.timekeeper
        let following = Following(
            role: "supervise/D-\(duty.number).c\(duty.cycle).r\(duty.round + 1)",
            start: nominal,
            term: shorter(plan.ladder.supervise, duty.term, keeper, nominal),
            reason: duty.followsUp ? .followUpPassed : .overdue,
            skipped: skipped,
            supervised: try supervised(from: duty, draft)
        )
        let opened = try open(.supervise, for: duty, on: holder, following, &draft)
        let ordinal = "opened"
        try notify(.opened, opened, to: holder, ordinal: ordinal, about: duty.root, &draft)
    }

    /// Whose act is owed next: the superior of the obligor at first, then one level above the
    /// highest supervise duty so far; at the top it stays there.
    private static func next(for duty: Duty, _ chain: Chain) -> (Post, [Post])? {
        guard let reached = duty.reached else {
            return chain.superior(above: duty.obligor).map { ($0.post, $0.skipped) }
        }
        if let above = chain.superior(above: reached) { return (above.post, above.skipped) }
        return duty.kind == .supervise ? nil : (reached, [])
    }

    /// The late duties that a supervise duty about `duty` supervises, down to the matter itself.
    private static func supervised(from duty: Duty, _ draft: Draft) throws -> [Int64] {
        var numbers = [duty.number]
        var below = duty
        while below.kind == .supervise, let subject = below.subject,
            let next = try draft.duty(subject)
        {
            numbers.append(next.number)
            below = next
        }
        return numbers
    }

    /// Rule E: said again each term, never closed by time.
    private static func leaveUnattended(
        _ duty: Duty,
        at nominal: Instant,
        _ plan: Plan,
        _ chain: Chain,
        _ draft: inout Draft
    ) throws {
        let again = plan.timekeeper.deadline(from: draft.now.wall, term: plan.ladder.supervise)
        let job = try tellFallback(.unattended, duty, plan, again.instant, &draft)
        try draft.record(
            .unattended(Unattended(againAt: again.instant, job: job)),
            number: duty.number,
            reason: .topOfLine,
            by: .rule,
            effective: nominal
        )
    }

    /// A term is never longer than that of the duty it derives from (contract 7).
    static func shorter(
        _ term: Term,
        _ own: Term,
        _ keeper: Timekeeper,
        _ start: Instant
    ) -> Term {
        let left = keeper.deadline(from: start, term: term).instant
        let right = keeper.deadline(from: start, term: own).instant
        return right < left ? own : term
    }

    /// Why an act of a post ends a superior's duty that is not the actor's own: somebody higher
    /// acted, or, for those above, what they were about is settled.
    static func superseded(by post: Post, _ chain: Chain) -> (Duty) -> Reason {
        let height = chain.height(post)
        return { chain.height($0.obligor) < height ? .supersededByAct : .settledBelow }
    }

    /// Rule F: ends the open review and supervise duties about a duty, by what happened to it.
    ///
    /// Those that `settles` names are settled, since their obligor acted; the others are moot.
    /// Returns the numbers of all of them.
    static func endChain(
        _ root: Int64,
        where isConcerned: (Duty) -> Bool = { _ in true },
        settles: (Duty) -> Bool = { _ in false },
        moot reason: (Duty) -> Reason = { _ in .settledBelow },
        by author: Author,
        _ draft: inout Draft
    ) throws -> [Int64] {
        var ended: [Int64] = []
        for duty in try draft.tree(root)
        where duty.kind.isSuperiors && !duty.state.isSettled && isConcerned(duty) {
            if settles(duty) {
                let why: Reason = duty.kind == .review ? .reviewed : .acted
                let settlement = Settlement(by: root)
                let number = duty.number
                try draft.record(.settle(settlement), number: number, reason: why, by: author)
            } else {
                let settlement = Settlement(by: root)
                let number = duty.number
                let why = reason(duty)
                try draft.record(.moot(settlement), number: number, reason: why, by: author)
            }
            try cancelNotices(of: duty.number, &draft)
            ended.append(duty.number)
        }
        return ended
    }
}
