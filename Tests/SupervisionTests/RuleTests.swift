import CivilTime
import Supervision
import Testing

private let submit = Act.submit(note: "done")
private let accept = Act.accept(note: nil)
private let sendBack = Act.return(reason: "no", within: nil)
private let urge = Act.urge(reason: nil, followUp: nil)

/// Rules A, B, C, E and F of the chain (accountability, section 5).
@Suite struct RuleTests {
    private func late(_ plan: Plan? = nil) throws -> (World, Duty) {
        let world = try World(try plan ?? .sample([.accounting()]))
        try world.advance(seconds: 10)
        let account = try world.open(.account)
        try world.advance(to: account.dueAt)
        return (world, account)
    }

    @Test func `A: a submission opens a review of the superior`() throws {
        let world = try World(.sample([.accounting()]))
        try world.advance(seconds: 15)
        let acted = try world.take(submit, 1, by: "owner")
        let review = try world.open(.review)
        #expect(acted.opened == [review.number])
        #expect(review.obligor == .head(unit: "bureau"))
        #expect(review.person == "head")
        #expect(review.subject == 1)
        #expect(review.dueAt == world.now.wall + .seconds(60))
        #expect(try world.notices().last?.matter == .opened)
    }

    @Test func `A: a term is never longer than that of the duty it derives from`() throws {
        let item = try Item.accounting(within: .elapsed(.seconds(20)))
        let (world, _) = try late(.sample([item]))
        #expect(try world.open(.supervise).term == .elapsed(.seconds(20)))
        try world.take(submit, 1, by: "owner")
        #expect(try world.open(.review).term == .elapsed(.seconds(20)))
        let review = try world.open(.review)
        try world.advance(to: review.dueAt)
        #expect(try world.open(.supervise).dueAt == review.dueAt + .seconds(20))
    }

    @Test func `B, C, E: nobody acts, so each level has it in turn, and the top for ever`() throws {
        let (world, account) = try late()
        for (index, unit) in ["bureau", "sponsor", "leadership"].enumerated() {
            let supervising = world.duties(.supervise)
            #expect(supervising.count == index + 1)
            let newest = try #require(supervising.last)
            #expect(newest.obligor == .head(unit: unit))
            #expect(newest.root == account.number)
            #expect(newest.dueAt == account.dueAt + .seconds(60 * Int64(index + 1)))
            #expect(try world.duty(account.number).reached == newest.obligor)
            try world.advance(to: newest.dueAt)
        }
        try world.advance(seconds: 125)
        let top = try #require(world.duties(.supervise).last)
        #expect(world.duties(.supervise).count == 3)
        #expect(top.isUnattended)
        let said = world.records(.unattended)
        #expect(said.map(\.number) == [top.number, top.number, top.number])
        #expect(said.map(\.reason) == [.topOfLine, .topOfLine, .topOfLine])
        let told = try world.notices().filter { $0.matter == .unattended }
        #expect(told.map(\.to) == Array(repeating: "auditor@localhost", count: 3))
        #expect(told.map(\.about) == Array(repeating: account.number, count: 3))
        try world.take(urge, account.number, by: "boss")
        #expect(world.duties(.supervise).allSatisfy { $0.state.isSettled && !$0.isUnattended })
        #expect(world.duties(.supervise).map(\.state) == [.moot, .moot, .accepted])
    }

    @Test func `B: an urge never ends the chain: each round is one level higher`() throws {
        let (world, account) = try late()
        for person in ["head", "sponsor", "boss", "boss"] {
            let supervise = try world.open(.supervise)
            #expect(supervise.person == person)
            #expect(supervise.subject == account.number)
            try world.take(urge, account.number, by: person)
            #expect(try world.duty(supervise.number).settledReason == .acted)
            let followUp = try #require(try world.duty(account.number).escalateAt)
            #expect(followUp == world.now.wall + .seconds(60))
            try world.advance(to: followUp)
        }
        let opened = world.records(.open).filter { $0.reason == .followUpPassed }
        #expect(opened.count == 4)
        #expect(try world.duty(account.number).round == 5)
    }

    @Test func `B: rounds go on above the highest level so far, whatever the cycle`() throws {
        let (world, account) = try late()
        try world.advance(seconds: 70)
        #expect(world.duties(.supervise).count == 2)
        try world.take(submit, account.number, by: "owner")
        try world.take(sendBack, account.number, by: "head")
        let returned = try world.duty(account.number)
        #expect(returned.cycle == 2)
        #expect(returned.attempt == 2)
        #expect(returned.originalDueAt == account.dueAt)
        try world.advance(to: returned.dueAt)
        #expect(try world.open(.supervise).person == "boss")
    }

    @Test func `B: a second urge does not put off the follow-up that is running`() throws {
        let (world, account) = try late()
        try world.take(urge, account.number, by: "head")
        let followUp = try world.duty(account.number).escalateAt
        for person in ["head", "sponsor", "boss"] {
            try world.advance(seconds: 10)
            _ = try world.act(urge, account.number, by: person)
            #expect(try world.duty(account.number).escalateAt == followUp, "\(person)")
        }
        try world.advance(seconds: 30)
        #expect(try world.open(.supervise).person == "sponsor")
    }

    @Test func `C: a silent reviewer has a superior too`() throws {
        let (world, account) = try late()
        try world.take(submit, account.number, by: "owner")
        let review = try world.open(.review)
        try world.advance(to: review.dueAt)
        let supervise = try world.open(.supervise)
        #expect(supervise.subject == review.number)
        #expect(supervise.root == account.number)
        #expect(supervise.person == "sponsor")
        try world.take(urge, account.number, by: "sponsor")
        let followUp = try #require(try world.duty(review.number).escalateAt)
        try world.advance(to: followUp)
        #expect(try world.open(.supervise).person == "boss")
    }

    @Test func `E: alone at the top, one signs alone and the fallback is told`() throws {
        let units: [UnitLine] = [("bureau", nil, "one")]
        let (world, account) = try late(.sample([.accounting(owner: nil)], units: units))
        #expect(try world.duty(account.number).isUnattended)
        try world.advance(seconds: 60)
        #expect(world.records(.unattended).count == 2)
        #expect(world.duties(.supervise).isEmpty)
        try world.take(submit, account.number, by: "one")
        #expect(try world.open(.review).person == "one")
        try world.take(accept, account.number, by: "one")
        #expect(try world.duty(account.number).state == .accepted)
        let record = try #require(world.records(.accept).last)
        guard case .accept(let acceptance) = record.payload else { throw Trouble("no accept") }
        #expect(acceptance.singleSignature)
        let told = try #require(try world.notices().last)
        #expect(told.matter == .singleSignature)
        #expect(told.to == "auditor@localhost")
    }

    @Test func `F: a submission ends the supervise duties about it`() throws {
        let (world, account) = try late()
        try world.advance(seconds: 70)
        try world.take(submit, account.number, by: "owner")
        let supervising = world.duties(.supervise)
        #expect(supervising.map(\.state) == [.moot, .moot])
        #expect(supervising.allSatisfy { $0.settledReason == .settledBelow })
        #expect(try world.duty(account.number).isLate(at: world.now.wall), "lateness stays")
        let waiting = try world.jobs(Queue.deliver).filter { $0.state == .ready }
        #expect(waiting.map(\.number) == [try world.open(.review).number], "nobody else is told")
    }

    @Test func `F: somebody higher judges: the review is moot, the actor's own duty settled`()
        throws
    {
        for act in [accept, sendBack] {
            let (world, account) = try late()
            try world.take(submit, account.number, by: "owner")
            try world.advance(seconds: 125)
            #expect(world.duties(.supervise).filter { !$0.state.isSettled }.count == 2)
            try world.take(act, account.number, by: "sponsor")
            let review = try #require(world.duties(.review).last)
            #expect(review.state == .moot)
            #expect(review.settledReason == .supersededByAct)
            let above = world.duties(.supervise).suffix(2)
            #expect(above.map(\.person) == ["sponsor", "boss"])
            #expect(above.map(\.state) == [.accepted, .moot])
            #expect(above.map(\.settledReason) == [.acted, .settledBelow])
        }
    }

    @Test(arguments: [
        (
            "head", [DutyState.accepted, .moot, .moot],
            [Reason.acted, .settledBelow, .settledBelow]
        ),
        ("sponsor", [.moot, .accepted, .moot], [.supersededByAct, .acted, .settledBelow]),
        ("boss", [.moot, .moot, .accepted], [.supersededByAct, .supersededByAct, .acted]),
    ])
    func `F: an act on the subject settles the actor's own duty:`(
        line: (person: String, states: [DutyState], reasons: [Reason])
    ) throws {
        let (world, account) = try late()
        try world.advance(seconds: 130)
        let acted = try world.take(urge, account.number, by: line.person)
        let supervising = world.duties(.supervise)
        #expect(acted.settled == supervising.map(\.number))
        #expect(supervising.map(\.state) == line.states)
        #expect(supervising.map(\.settledReason) == line.reasons.map { $0 as Reason? })
    }

    @Test func `separation compares persons, not uids`() throws {
        let (world, account) = try late(.sample([.accounting(owner: "head")]))
        try world.take(submit, account.number, by: "head", uid: 0)
        for uid in [0, 1] {
            let refusal = try world.refusal(accept, account.number, by: "head", uid: uid)
            guard case .notAllowed(let text) = refusal else {
                Issue.record("\(refusal)")
                continue
            }
            #expect(text.contains("SPONSOR"))
        }
        try world.take(accept, account.number, by: "sponsor", uid: 1)
    }

    @Test func `who owes a duty and leads the organisation too does not urge oneself`() throws {
        let (world, account) = try late(.sample([.accounting(owner: "boss")]))
        func refuse(_ act: Act) throws {
            for uid in [0, 1] {
                let refusal = try world.refusal(act, account.number, by: "boss", uid: uid)
                guard case .notAllowed = refusal else { throw Trouble("\(act): \(refusal)") }
            }
        }
        try refuse(urge)
        try world.take(submit, account.number, by: "boss")
        try refuse(accept)
        try refuse(sendBack)
        try world.advance(seconds: 130)
        try refuse(urge)
        #expect(try world.open(.review).person == "head")
    }

    @Test func `reminders not shorter than the term are not planned`() throws {
        let before = [15, 10, 5].map { Term.elapsed(.seconds($0)) }
        let ladder = Ladder(
            review: .workdays(2),
            supervise: .workdays(2),
            returned: .workdays(2),
            before: before + [.workdays(2)],
            after: []
        )
        let seconds = try Item.accounting(within: .elapsed(.seconds(10)))
        let world = try World(.sample([seconds], ladder: ladder))
        try world.advance(seconds: 10)
        let short = try world.open(.account)
        #expect(short.reminders == [short.dueAt - .seconds(5)])
        let days = try Item.accounting("Mon 08:00", within: .workdays(2))
        let week = try World(.sample([days], ladder: ladder), at: try at("2026-01-05 07:00:00"))
        try week.advance(seconds: 3_600)
        let long = try week.open(.account)
        #expect(long.reminders == [15, 10, 5].map { long.dueAt - .seconds($0) })
    }

    @Test func `each threshold is one reminder, and a downtime makes one of several`() throws {
        let world = try World(.sample([.accounting()]))
        try world.advance(seconds: 10)
        let due = try world.open(.account).dueAt
        world.move(to: due + .seconds(30))
        try world.wake()
        let record = try #require(world.records(.remind).last)
        guard case .remind(let reminding) = record.payload else { throw Trouble("no remind") }
        #expect(world.records(.remind).count == 1)
        #expect(reminding.fired == 2)
        #expect(reminding.passed == 2)
        let notice = try #require(try world.notices().first { $0.number == 1 })
        #expect(notice.matter == .overdue)
        #expect(notice.passed == 2)
    }
}
