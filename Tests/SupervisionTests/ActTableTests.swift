import CivilTime
import Supervision
import Testing

/// What an act must lead to.
enum Expected: Sendable, Equatable {
    case becomes(DutyState)
    case wrongState
    case notAllowed
    case badArgument
}

/// Where a duty of the table stands.
enum Stage: Sendable {
    case open
    case late
    case submitted
    case reviewLate
    case returned
    case returnedLate
    case accepted
}

/// One line of the table.
struct ActCase: Sendable, CustomTestStringConvertible {
    let kind: DutyKind
    let stage: Stage
    let act: Act
    let person: String
    let expected: Expected

    init(_ kind: DutyKind, _ stage: Stage, _ act: Act, by person: String, _ expected: Expected) {
        self.kind = kind
        self.stage = stage
        self.act = act
        self.person = person
        self.expected = expected
    }

    var testDescription: String { "\(kind) \(stage), \(act) by \(person): \(expected)" }
}

private let submit = Act.submit(note: "done")
private let accept = Act.accept(note: nil)
private let sendBack = Act.return(reason: "no", within: nil)
private let urge = Act.urge(reason: nil, followUp: nil)

@Suite struct ActTableTests {
    @Test(arguments: [
        ActCase(.account, .open, submit, by: "owner", .becomes(.submitted)),
        ActCase(.account, .open, submit, by: "head", .notAllowed),
        ActCase(.account, .open, submit, by: "outsider", .notAllowed),
        ActCase(.account, .open, .submit(note: " "), by: "owner", .badArgument),
        ActCase(.account, .open, .submit(note: "a\u{1B}[1m"), by: "owner", .badArgument),
        ActCase(.account, .open, accept, by: "head", .wrongState),
        ActCase(.account, .open, sendBack, by: "head", .wrongState),
        ActCase(.account, .open, urge, by: "head", .wrongState),
        ActCase(.account, .late, submit, by: "owner", .becomes(.submitted)),
        ActCase(.account, .late, accept, by: "head", .wrongState),
        ActCase(.account, .late, sendBack, by: "head", .wrongState),
        ActCase(.account, .late, urge, by: "head", .becomes(.open)),
        ActCase(.account, .late, urge, by: "sponsor", .becomes(.open)),
        ActCase(.account, .late, urge, by: "boss", .becomes(.open)),
        ActCase(.account, .late, urge, by: "owner", .notAllowed),
        ActCase(.account, .late, urge, by: "outsider", .notAllowed),
        ActCase(.account, .late, urgeFor(500), by: "head", .badArgument),
        ActCase(.account, .late, urgeFor(100), by: "head", .becomes(.open)),
        ActCase(.account, .submitted, submit, by: "owner", .wrongState),
        ActCase(.account, .submitted, accept, by: "head", .becomes(.accepted)),
        ActCase(.account, .submitted, accept, by: "sponsor", .becomes(.accepted)),
        ActCase(.account, .submitted, accept, by: "boss", .becomes(.accepted)),
        ActCase(.account, .submitted, accept, by: "owner", .notAllowed),
        ActCase(.account, .submitted, accept, by: "outsider", .notAllowed),
        ActCase(.account, .submitted, sendBack, by: "head", .becomes(.returned)),
        ActCase(.account, .submitted, sendBack, by: "sponsor", .becomes(.returned)),
        ActCase(.account, .submitted, sendBack, by: "owner", .notAllowed),
        ActCase(.account, .submitted, returnIn(29), by: "head", .badArgument),
        ActCase(.account, .submitted, returnIn(30), by: "head", .becomes(.returned)),
        ActCase(.account, .submitted, urge, by: "sponsor", .wrongState),
        ActCase(.account, .reviewLate, urge, by: "sponsor", .becomes(.submitted)),
        ActCase(.account, .reviewLate, urge, by: "head", .notAllowed),
        ActCase(.account, .reviewLate, urge, by: "owner", .notAllowed),
        ActCase(.account, .reviewLate, accept, by: "head", .becomes(.accepted)),
        ActCase(.account, .reviewLate, accept, by: "sponsor", .becomes(.accepted)),
        ActCase(.account, .reviewLate, sendBack, by: "sponsor", .becomes(.returned)),
        ActCase(.account, .returned, submit, by: "owner", .becomes(.submitted)),
        ActCase(.account, .returned, accept, by: "head", .wrongState),
        ActCase(.account, .returned, sendBack, by: "head", .wrongState),
        ActCase(.account, .returned, urge, by: "head", .wrongState),
        ActCase(.account, .returnedLate, submit, by: "owner", .becomes(.submitted)),
        ActCase(.account, .returnedLate, urge, by: "head", .becomes(.returned)),
        ActCase(.account, .accepted, submit, by: "owner", .wrongState),
        ActCase(.account, .accepted, accept, by: "head", .wrongState),
        ActCase(.account, .accepted, sendBack, by: "head", .wrongState),
        ActCase(.account, .accepted, urge, by: "head", .wrongState),
        ActCase(.rectify, .open, submit, by: "owner", .becomes(.submitted)),
        ActCase(.rectify, .open, submit, by: "head", .notAllowed),
        ActCase(.rectify, .open, accept, by: "head", .wrongState),
        ActCase(.rectify, .late, urge, by: "head", .becomes(.open)),
        ActCase(.rectify, .submitted, accept, by: "head", .becomes(.accepted)),
        ActCase(.rectify, .submitted, accept, by: "owner", .notAllowed),
        ActCase(.rectify, .submitted, sendBack, by: "head", .becomes(.returned)),
        ActCase(.rectify, .reviewLate, urge, by: "sponsor", .becomes(.submitted)),
        ActCase(.rectify, .returned, submit, by: "owner", .becomes(.submitted)),
        ActCase(.rectify, .accepted, submit, by: "owner", .wrongState),
        ActCase(.inspect, .open, submit, by: "owner", .wrongState),
        ActCase(.inspect, .open, accept, by: "head", .wrongState),
        ActCase(.inspect, .open, sendBack, by: "head", .wrongState),
        ActCase(.inspect, .open, urge, by: "head", .wrongState),
        ActCase(.inspect, .late, submit, by: "owner", .wrongState),
        ActCase(.inspect, .late, accept, by: "head", .wrongState),
        ActCase(.inspect, .late, urge, by: "head", .becomes(.open)),
        ActCase(.inspect, .late, urge, by: "owner", .notAllowed),
        ActCase(.inspect, .accepted, submit, by: "owner", .wrongState),
        ActCase(.inspect, .accepted, urge, by: "head", .wrongState),
    ])
    func `an act leads to a state or a refusal:`(line: ActCase) throws {
        let (world, number) = try reach(line.kind, line.stage)
        let before = (world.records.count, try world.duty(number))
        let reply = try world.act(line.act, number, by: line.person)
        let after = try world.duty(number)
        switch (reply, line.expected) {
        case (.acted(let acted), .becomes(let state)):
            #expect(after.state == state)
            #expect(acted.number == number)
            #expect(world.records.count > before.0)
        case (.refused(.wrongState(number, let state, let text)), .wrongState):
            #expect(state == before.1.state)
            #expect(!text.isEmpty)
        case (.refused(.notAllowed), .notAllowed), (.refused(.badArgument), .badArgument): break
        default: Issue.record("\(reply) instead of \(line.expected)")
        }
        if case .refused = reply {
            #expect(world.records.count == before.0, "a refusal is no record")
            #expect(after == before.1, "a refusal changes nothing")
            #expect(world.written.isEmpty)
        }
    }

    @Test(arguments: [
        (DutyKind.review, Stage.submitted, accept, "head", DutyState.accepted),
        (.review, .submitted, sendBack, "head", .returned),
        (.supervise, .late, urge, "head", .open),
        (.supervise, .late, submit, "owner", .submitted),
        (.supervise, .reviewLate, urge, "sponsor", .submitted),
    ])
    func `the number of a superior's duty stands for its subject:`(
        line: (kind: DutyKind, stage: Stage, act: Act, person: String, state: DutyState)
    ) throws {
        let (world, number) = try reach(.account, line.stage)
        let above = try world.open(line.kind)
        let acted = try world.take(line.act, above.number, by: line.person)
        #expect(acted.number == number)
        #expect(try world.duty(number).state == line.state)
        #expect(try world.duty(above.number).state.isSettled)
    }

    @Test func `nobody knows this number`() throws {
        let world = try World(.sample([.accounting()]))
        #expect(try world.refusal(submit, 7, by: "owner") == .noSuchDuty(7))
    }

    @Test func `root and strangers never sign`() throws {
        let (world, number) = try reach(.account, .open)
        for uid: UInt32 in [0, 4_711] {
            let reply = try world.act(submit, number, uid: uid)
            guard case .refused(.notAllowed(let text)) = reply else {
                Issue.record("uid \(uid): \(reply)")
                continue
            }
            #expect(text.contains(uid == 0 ? "run it as yourself" : "4711"))
        }
        #expect(try world.duty(number).state == .open)
    }

    /// A world in which a duty has come so far.
    private func reach(_ kind: DutyKind, _ stage: Stage) throws -> (World, Int64) {
        let item: Item = kind == .account ? try .accounting() : try .inspected()
        let world = try World(.sample([item]))
        try world.advance(seconds: 10)
        if kind == .rectify { try world.performJob(.critical) }
        if kind == .inspect, stage == .accepted { try world.performJob(.ok) }
        let duty = try #require(world.duties(kind).first)
        let number = duty.number
        if stage == .late { try world.advance(to: duty.dueAt) }
        guard kind != .inspect, stage != .open, stage != .late else { return (world, number) }
        try world.take(submit, number, by: "owner")
        switch stage {
        case .reviewLate: try world.advance(to: try world.open(.review).dueAt)
        case .returned: try world.take(returnIn(40), number, by: "head")
        case .returnedLate:
            try world.take(returnIn(40), number, by: "head")
            try world.advance(seconds: 40)
        case .accepted: try world.take(accept, number, by: "head")
        default: break
        }
        return (world, number)
    }
}

private func urgeFor(_ seconds: Int64) -> Act {
    .urge(reason: "now", followUp: .elapsed(.seconds(seconds)))
}

private func returnIn(_ seconds: Int64) -> Act {
    .return(reason: "no", within: .elapsed(.seconds(seconds)))
}
