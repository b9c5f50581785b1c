import CivilTime
import Supervision
import Testing

/// One column of the worked vector of the chain (accountability, section 5).
struct Column: Sendable, CustomTestStringConvertible {
    let period: String
    let roll: Roll
    let start: String
    let due: String
    let reminders: [String]
    let urge: String
    let superiors: [String]
    let followUp: String
    let roundTwo: String

    var testDescription: String { "the account due \(due)" }
}

private let columns = [
    Column(
        period: "2019-D33",
        roll: .before,
        start: "2019-11-21",
        due: "2019-11-29",
        reminders: ["2019-11-26", "2019-11-28"],
        urge: "2019-12-02",
        superiors: ["2019-12-03", "2019-12-05", "2019-12-09"],
        followUp: "2019-12-05",
        roundTwo: "2019-12-09"
    ),
    Column(
        period: "2020-D03",
        roll: .after,
        start: "2020-01-21",
        due: "2020-02-03",
        reminders: ["2020-01-21", "2020-01-23"],
        urge: "2020-02-04",
        superiors: ["2020-02-05", "2020-02-07", "2020-02-11"],
        followUp: "2020-02-07",
        roundTwo: "2020-02-11"
    ),
]

@Suite struct WorkedVectorTests {
    @Test(arguments: columns)
    func `nobody acts: each level has two working days`(column: Column) throws {
        let (world, keeper) = try world(column)
        let account = try world.open(.account)
        #expect(account.period == column.period)
        #expect(account.dueAt == end(try date(column.due), keeper))
        let mornings = try (column.reminders + [column.urge]).map { try nine($0, keeper) }
        #expect(account.reminders == mornings)
        try world.advance(to: end(try date(column.superiors[2]), keeper))
        let supervising = world.duties(.supervise).filter { $0.root == account.number }
        let dues = try column.superiors.map { end(try date($0), keeper) }
        #expect(supervising.map(\.dueAt) == dues)
        let posts = ["bureau", "sponsor", "leadership"].map { Post.head(unit: $0) }
        #expect(supervising.map(\.obligor) == posts)
        let subjects = [account.number] + supervising.dropLast().map(\.number)
        #expect(supervising.map(\.subject) == subjects.map { $0 as Int64? })
        let fired = world.records(.remind).filter { $0.number == account.number }
        #expect(fired.map(\.effective) == mornings)
        #expect(fired.map(\.reason) == [.beforeDue, .beforeDue, .afterDue])
        let unattended = world.records(.unattended).map(\.number)
        #expect(unattended == [supervising[2].number])
    }

    @Test(arguments: columns)
    func `the head urges on the day S1 is due: round two is the sponsor's`(column: Column) throws {
        let (world, keeper) = try world(column)
        let account = try world.open(.account).number
        let morning = try at("\(column.superiors[0]) 10:00:00", keeper.zone)
        try world.advance(to: morning)
        try world.take(.urge(reason: nil, followUp: nil), account, by: "head")
        let followUp = end(try date(column.followUp), keeper)
        #expect(try world.duty(account).escalateAt == followUp)
        try world.advance(to: followUp)
        let second = try world.open(.supervise)
        #expect(second.obligor == .head(unit: "sponsor"))
        #expect(second.subject == account)
        #expect(second.dueAt == end(try date(column.roundTwo), keeper))
        let opened = try #require(world.records(.open).last)
        #expect(opened.reason == .followUpPassed)
    }

    private func world(_ column: Column) throws -> (World, Timekeeper) {
        let keeper = try China.keeper()
        let item = Item.sample(account: .period(.dekad, roll: column.roll))
        let plan = Plan.sample([item], ladder: .standard, keeper: keeper)
        let world = try World(plan, at: try at("\(column.start) 00:00:00", keeper.zone))
        try world.wake()
        return (world, keeper)
    }

    private func end(_ day: CivilDate, _ keeper: Timekeeper) -> Instant {
        keeper.zone.endOfDay(day)
    }

    private func nine(_ day: String, _ keeper: Timekeeper) throws -> Instant {
        try at("\(day) 09:00:00", keeper.zone)
    }
}
