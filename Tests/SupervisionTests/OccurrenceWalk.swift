import CivilTime
import Ledger

@testable import Supervision

/// Checks of all policies through downtimes, clock steps, pauses, edits, backfills and restarts, each
/// slot of which is held against an oracle (S1).
struct OccurrenceWalk {
    private let world: World
    private var random: Seeded
    private var oracles: [String: SlotOracle] = [:]
    private var seen = 0
    private var boots = 1
    private let zone: Zone
    private var jobs: [Job] = []
    /// Whether each step is printed.
    var isVerbose = false
    private var said = ""
    /// How many slots a downtime holds at most.
    private let backlog: Int64
    /// Slots with a disposition.
    var count: Int { oracles.values.map(\.count).reduce(0, +) }
    /// The records of the walk.
    var records: [Record] { world.records }

    init(seed: UInt64, backlog: Int64) throws {
        random = Seeded(seed: seed)
        self.backlog = backlog
        let zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"]
        let name = random.one(of: zones) ?? "UTC"
        zone = name == "UTC" ? .utc : try SupervisionTests.zone(name)
        // Days around clock changes are as likely as others.
        let days = [
            "2026-01-05", "2026-03-07", "2026-03-28", "2026-04-04", "2026-10-24", "2026-10-31",
        ]
        let day = random.one(of: days) ?? days[0]
        let start = try at("\(day) 20:00:00", zone) + .seconds(random.number(0...7_200))
        let plan = try Self.plan(zone, &random)
        world = try World(plan, at: start)
        for schedule in Schedule.all(of: plan) {
            oracles[schedule.id] = try SlotOracle(schedule, in: plan, activation: start)
        }
        seen = world.records.count
    }

    // MARK: Plans

    private static func plan(_ zone: Zone, _ random: inout Seeded) throws -> Plan {
        var items: [Item] = []
        for index in 0..<random.number(1...3) where index == 0 || !random.once(in: 4) {
            items.append(try item("i\(index)", &random))
        }
        let keeper = Timekeeper(zone: zone, calendar: .mondayToFriday)
        return .calm(items, keeper: keeper)
    }

    private static let rules = [
        "*:*:*", "*:*:0/10", "*:0/1", "*:0/7", "*:0/15", "hourly", "*:30", "0/2:00", "02:30",
        "daily",
        "02:0/15", "Mon..Fri 09:00", "Sun 02:30", "*-*-01,15 03:00",
    ]

    private static func item(_ id: String, _ random: inout Seeded) throws -> Item {
        let terms: [Term] = [.elapsed(.hours(1)), .elapsed(.minutes(5)), .days(1)]
        let windows = ["window=1h", "window=10min", "window=1d"]
        let policies = ["all", "latest", "latest", "none", random.one(of: windows) ?? "all"]
        let jitters: [Span] = [.zero, .zero, .seconds(5), .minutes(10), .hours(2)]
        return try .inspected(
            random.one(of: rules) ?? "hourly",
            within: random.one(of: terms) ?? .days(1),
            attempts: Int(random.number(1...3)),
            catchUp: CatchUp(random.one(of: policies) ?? "latest") ?? .latest,
            overlap: random.one(of: Overlap.allCases) ?? .skip,
            jitter: random.one(of: jitters) ?? .zero,
            id: id
        )
    }

    // MARK: Steps

    mutating func run(until slots: Int) throws {
        var steps = 0
        while count < slots, steps < slots {
            steps += 1
            try disturb()
            if isVerbose { print("\(world.now.wall) \(said)") }
            try settle()
        }
        try Invariants(world).checkReplay()
    }

    private mutating func settle() throws {
        come()
        try take()
        try world.decide(.sweep)
        try world.wake()
        try take()
        for (id, oracle) in oracles {
            do {
                try oracle.check(at: world.now.wall)
            } catch {
                throw Trouble("\(error); \(try world.schedule(id))")
            }
        }
    }

    private mutating func come() {
        for id in oracles.keys { oracles[id]?.come(to: world.now.wall) }
    }

    private mutating func take() throws {
        for record in world.records.dropFirst(seen) {
            for id in oracles.keys { try oracles[id]?.take(record) }
        }
        seen = world.records.count
    }

    private mutating func disturb() throws {
        let now = world.now.wall
        said = ""
        switch random.number(0...99) {
        case 0..<30:
            let next = try world.nextWake ?? now
            // To the very instant, or a little beyond.
            let jump = max(next, now) + Span(microseconds: random.once(in: 2) ? 0 : 1_300_000)
            world.move(to: min(jump, now + .days(40)))
        case 30..<42: world.move(to: now + .seconds(random.number(1...300)))
        case 42..<52: try sleep()
        case 52..<56: setBack(.seconds(random.number(1...7_200)))
        case 56..<57: setBack(.days(random.number(1...20)))
        case 57..<60:
            boots += 1
            world.reboot("boot-\(boots)")
        case 60..<72: try work()
        case 72..<80: try pause()
        case 80..<84: try resume()
        case 84..<90: try backfill()
        default: try revise()
        }
    }

    private mutating func setBack(_ width: Span) {
        world.move(to: world.now.wall - width)
        for id in oracles.keys { oracles[id]?.wasSetBack = true }
    }

    /// A downtime of up to `backlog` slots of the fastest rule, and of up to ten years.
    private mutating func sleep() throws {
        let now = world.now.wall
        var width = Span.seconds(random.number(1...Int64(1) << random.number(1...28)))
        for schedule in Schedule.all(of: world.plan) {
            guard case .every(let expression, _) = schedule.rule,
                let first = expression.next(after: now, in: world.plan.timekeeper),
                let second = expression.next(after: first.instant, in: world.plan.timekeeper)
            else { continue }
            let bound = schedule.policies.catchUp == .all ? min(backlog, 200) : backlog
            let gap = second.instant - first.instant
            width = min(width, Span(microseconds: gap.microseconds * random.number(1...bound)))
        }
        world.move(to: now + width)
    }

    // MARK: Workers

    private mutating func work() throws {
        if let job = jobs.popLast(), !random.once(in: 4) {
            let outcome = random.one(of: Outcome.allCases) ?? .ok
            try world.report(outcome, job.token)
            return
        }
        let count = Int(random.number(1...6))
        jobs += try world.claim(max: count, leaseSeconds: random.number(1...4_000))
        if jobs.count > 12 { jobs.removeFirst(jobs.count - 12) }
    }

    // MARK: Operators

    private mutating func someSchedule() -> String {
        random.one(of: world.book.schedules.keys.sorted()) ?? ""
    }

    /// Takes an act whose decision works slots off first, by what was in force until then.
    private mutating func act(_ body: (World) throws -> Reply) throws -> Bool {
        come()
        let reply = try body(world)
        said = "\(reply)"
        try take()
        switch reply {
        case .refused(.busy), .refused(.wrongScheduleState), .refused(.badArgument): return false
        case .operated, .backfilled, .adopted: return true
        default: throw Trouble("\(reply)")
        }
    }

    private mutating func pause() throws {
        let id = someSchedule()
        let now = world.now.wall
        var until = now + .seconds(random.number(1...Int64(1) << random.number(2...21)))
        // Mostly it ends at a slot.
        if !random.once(in: 3), let schedule = world.book.schedules[id],
            let slot = schedule.next(after: until, activation: until, in: world.plan)
        {
            until = slot.nominal
        }
        if try act({ try $0.pause(id, until: until) }) {
            oracles[id]?.pause(at: now, until: until)
        }
    }

    private mutating func resume() throws {
        let id = someSchedule()
        if try act({ try $0.resume(id) }) { oracles[id]?.resume() }
    }

    private mutating func backfill() throws {
        let id = someSchedule()
        let now = world.now.wall
        let width = Span.seconds(random.number(1...Int64(1) << random.number(4...18)))
        let until = random.once(in: 2) ? now : now - Span(microseconds: width.microseconds / 2)
        let overlap = random.one(of: Overlap.allCases) ?? .queueAll
        _ = try act { try $0.backfill(id, from: until - width, until: until, overlap: overlap) }
    }

    /// Changes one schedule or several, takes items out and puts them back, or changes nothing.
    private mutating func revise() throws {
        let now = world.now.wall
        var items = world.plan.items
        if !random.once(in: 5) {
            let id = "i\(random.number(0...2))"
            items.removeAll { $0.id == id }
            if items.isEmpty || !random.once(in: 3) { items.append(try Self.item(id, &random)) }
        }
        let keeper = Timekeeper(zone: zone, calendar: .mondayToFriday)
        let plan = Plan.calm(items, keeper: keeper)
        guard try act({ try $0.revise(plan) }) else { return }
        let schedules = Schedule.all(of: plan)
        for schedule in schedules where oracles[schedule.id] == nil {
            oracles[schedule.id] = try SlotOracle(schedule, in: plan, activation: now)
        }
        for id in oracles.keys {
            try oracles[id]?.revise(schedules.first { $0.id == id }, in: plan, at: now)
        }
    }
}
