import CivilTime
import Ledger

/// What a person may write with an act, in characters.
private let noteLimit = 32_000

extension Decide {
    /// Takes a person's act on the duty that people name, or refuses it.
    static func take(
        _ act: Act,
        _ number: Int64,
        _ caller: Caller,
        _ salt: [UInt8],
        _ draft: inout Draft
    ) throws -> Acted {
        guard caller.uid != 0 else {
            throw Refusal.notAllowed("root operates and never signs: run it as yourself")
        }
        guard let person = draft.plans.personByUID[caller.uid] else {
            throw Refusal.notAllowed("uid \(caller.uid) is no person of any plan")
        }
        guard let named = try draft.duty(number), let duty = try draft.duty(named.root) else {
            throw Refusal.noSuchDuty(number)
        }
        var acting = Acting(duty: duty, person: person, caller: caller, salt: salt)
        acting.author = Author(
            actor: .kernel(uid: caller.uid),
            person: person,
            post: nil,
            via: caller.via
        )
        switch act {
        case .submit(let note): return try submit(note, acting, &draft)
        case .accept(let note): return try accept(note, acting, &draft)
        case .return(let reason, let within): return try sendBack(reason, within, acting, &draft)
        case .urge(let reason, let followUp): return try urge(reason, followUp, acting, &draft)
        }
    }

    /// Keeps a person's text apart and returns what the leaf holds of it.
    static func commit(
        _ text: String,
        _ argument: String,
        _ acting: Acting,
        _ draft: inout Draft
    ) throws -> Digest {
        try commit(text, argument, salt: acting.salt, &draft)
    }

    /// Keeps a text apart under a salt and returns what the leaf holds of it.
    static func commit(
        _ text: String,
        _ argument: String,
        salt: [UInt8],
        _ draft: inout Draft
    ) throws -> Digest {
        let isBlank = text.allSatisfy { $0 == " " || $0.isNewline }
        guard !isBlank else {
            throw Refusal.badArgument(argument, "it is empty; say in a few words what was done")
        }
        guard text.count <= noteLimit else {
            throw Refusal.badArgument(argument, "it is longer than \(noteLimit) characters")
        }
        let isClean = text.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || !isControl($0)
        }
        guard isClean else {
            throw Refusal.badArgument(argument, "it holds control characters; use plain text")
        }
        let digest = Commitment.digest(salt: salt, text: text)
        draft.keep(Note(digest: digest, salt: salt, text: text))
        return digest
    }

    /// Control and bidirectional formatting characters.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    // MARK: Submit

    private static func submit(
        _ text: String,
        _ acting: Acting,
        _ draft: inout Draft
    ) throws -> Acted {
        let duty = acting.duty
        guard duty.kind.isSubmitted else {
            let text = "an \(duty.kind.rawValue) duty is settled by its job, not handed in"
            throw Refusal.wrongState(duty.number, state: duty.state, text)
        }
        guard duty.state.isOwed else {
            let text = "only an open or returned duty can be handed in"
            throw Refusal.wrongState(duty.number, state: duty.state, text)
        }
        let (plan, chain) = try draft.context(duty)
        guard let holder = chain.holder(duty.obligor), holder.id == acting.person else {
            let name = chain.holder(duty.obligor)?.name ?? duty.obligor.description
            throw Refusal.notAllowed("D-\(duty.number) is owed by \(name) (\(duty.obligor))")
        }
        var author = acting.author
        author.post = duty.obligor
        let late = plan.timekeeper.lateness(due: duty.dueAt, at: draft.now.wall)
        let submission = Submission(
            note: try commit(text, "note", acting, &draft),
            late: duty.isLate(at: draft.now.wall),
            lateWorkdays: Int64(late)
        )
        let seq = try draft.record(
            .submit(submission),
            number: duty.number,
            reason: .person,
            by: author
        )
        try cancelNotices(of: duty.number, &draft)
        let ended = try endChain(duty.number, by: .rule, &draft)
        let review = try openReview(duty, plan, chain, &draft)
        return Acted(number: duty.number, opened: [review], settled: ended, seq: seq)
    }

    /// Rule A: a submission opens a review of the superior.
    ///
    /// Where no senior is left the top reviews its own, and the fallback is told.
    private static func openReview(
        _ duty: Duty,
        _ plan: Plan,
        _ chain: Chain,
        _ draft: inout Draft
    ) throws -> Int64 {
        let above = chain.superior(above: duty.obligor)
        let now = draft.now.wall
        let following = Following(
            role: "review/D-\(duty.number).c\(duty.cycle)",
            start: now,
            term: shorter(plan.ladder.review, duty.term, plan.timekeeper, now),
            reason: .submitted,
            skipped: above?.skipped ?? []
        )
        let holder = above?.post ?? duty.obligor
        let review = try open(.review, for: duty, on: holder, following, &draft)
        try notify(.opened, review, to: holder, ordinal: "opened", about: duty.number, &draft)
        return review.number
    }
}

/// An act in hand.
struct Acting {
    /// The duty that people name.
    var duty: Duty
    /// The person who acts.
    var person: String
    /// How the call came in.
    var caller: Caller
    /// Sixteen random bytes for the text's commitment.
    var salt: [UInt8]
    /// Who the records name.
    var author = Author.rule
}
