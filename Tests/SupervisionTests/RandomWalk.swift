import CivilTime
import Ledger

@testable import Supervision

/// A random organisation in random trouble, checked after each turn.
struct RandomWalk {
    private(set) var turns = 0
    private let world: World
    private let invariants: Invariants
    private var random: Seeded
    private var tokens: [(token: Token, session: String)] = []
    private var boots = 1

    init(seed: UInt64) throws {
        random = Seeded(seed: seed)
        let plan = try Plan.random(&random)
        world = try World(plan)
        invariants = Invariants(world)
    }

    /// The records of the walk.
    var records: [Record] { world.records }

    /// Takes steps, each of one or more turns.
    mutating func run(steps: Int) throws {
        for _ in 0..<steps { try step() }
        try invariants.checkReplay()
    }

    private mutating func step() throws {
        let before = world.records.count
        try disturb()
        turns += 1
        try invariants.checkTurn(from: before)
        var seen = world.records.count
        try world.decide(.sweep)
        try invariants.checkTurn(from: seen)
        seen = world.records.count
        try world.wake {
            turns += 1
            try invariants.checkTurn(from: seen)
            seen = world.records.count
        }
        try invariants.checkChains()
    }

    private mutating func disturb() throws {
        switch random.number(0...99) {
        case 0..<26: try act()
        case 26..<28: try world.revise(world.plan.changed(&random))
        case 28..<30: try pause()
        case 30..<31: try world.resume(schedule())
        case 31..<32: try backfill()
        case 32..<33:
            // A minute more or less: data of the same zone with other offsets.
            let text = random.one(of: ["UTC", "Africa/Abidjan", "Africa/Monrovia"]) ?? "UTC"
            try world.recalendar(world.plan.moved(to: zone(text)))
        case 33..<34: try world.decide(.tick)
        case 34..<46: try claim()
        case 46..<62: try report()
        case 62..<64: try world.decide(.release(session: session()))
        case 64..<66: try extend()
        case 66..<67:
            boots += 1
            world.reboot("boot-\(boots)")
        case 67..<68: world.move(to: world.now.wall - .seconds(random.number(1...90)))
        case 68..<70: world.move(to: world.now.wall + .seconds(random.number(60...300)))
        case 70..<85:
            let next = try world.nextWake ?? world.now.wall
            world.move(to: max(next, world.now.wall))
        default:
            world.move(to: world.now.wall + Span(microseconds: random.number(1...8_000_000)))
        }
    }

    // MARK: Operators

    private mutating func schedule() -> String {
        random.one(of: world.book.schedules.keys.sorted()) ?? ""
    }

    private mutating func operating() throws -> UInt32 {
        let persons = world.plan.persons.keys.sorted()
        return random.once(in: 2) ? 0 : try world.uid(random.one(of: persons) ?? "")
    }

    private mutating func pause() throws {
        let until = world.now.wall + .seconds(random.number(-5...200))
        try world.pause(schedule(), until: until, by: operating())
    }

    private mutating func backfill() throws {
        let until = world.now.wall - .seconds(random.number(0...60))
        let overlap = random.one(of: Overlap.allCases) ?? .queueAll
        let from = until - .seconds(random.number(1...400))
        try world.backfill(schedule(), from: from, until: until, overlap: overlap, by: operating())
    }

    // MARK: People

    private mutating func act() throws {
        let unsettled = world.accounts.duties.values.filter { !$0.state.isSettled }
        let numbers = unsettled.map(\.number).sorted()
        let number = random.one(of: numbers) ?? random.number(1...9)
        let duty = world.accounts.duties[number]
        let uids = try world.plan.persons.keys.sorted().map { try world.uid($0) }
        var uid = random.one(of: uids + [0, 77]) ?? 0
        if let duty, !random.once(in: 4) {
            uid = try world.uid(duty.person, Int(random.number(0...1)))
        }
        _ = try world.act(choose(duty), number, uid: uid)
    }

    /// Mostly what the duty asks for.
    private mutating func choose(_ duty: Duty?) -> Act {
        let urge = Act.urge(reason: random.once(in: 2) ? "now" : nil, followUp: term(in: 3))
        let sendBack = Act.return(reason: "no", within: term(in: 3))
        let accept = Act.accept(note: random.once(in: 2) ? "well" : nil)
        let submit = Act.submit(note: random.once(in: 20) ? " " : "done")
        let all = [submit, accept, sendBack, urge]
        guard let duty, !random.once(in: 5) else { return random.one(of: all) ?? submit }
        switch duty.kind {
        case .account, .rectify: return duty.state == .submitted ? accept : submit
        case .review: return random.once(in: 2) ? accept : sendBack
        case .supervise: return random.once(in: 4) ? accept : urge
        case .inspect: return urge
        }
    }

    private mutating func term(in count: Int) -> Term? {
        random.once(in: count) ? .elapsed(.seconds(random.number(1...90))) : nil
    }

    // MARK: Workers

    private mutating func session() -> String { random.one(of: ["a", "b"]) ?? "a" }

    private mutating func claim() throws {
        let session = session()
        let queues = [Queue.inspect, Queue.inspect, Queue.deliver]
        let jobs = try world.claim(
            random.one(of: queues) ?? Queue.inspect,
            session: session,
            labels: random.once(in: 3) ? [] : ["field"],
            max: Int(random.number(1...4)),
            leaseSeconds: random.number(1...30)
        )
        tokens += jobs.map { ($0.token, session) }
        if tokens.count > 30 { tokens.removeFirst(tokens.count - 30) }
    }

    /// Reports on a job of late, rightly or wrongly, perhaps for the second time.
    private mutating func report() throws {
        guard let (token, owner) = random.one(of: tokens.suffix(random.once(in: 5) ? 30 : 2)) else {
            return
        }
        let outcomes = Outcome.allCases + [.critical, .critical, .critical, .ok, .ok, .ok]
        let before = try world.job(token.job)
        let session = random.once(in: 9) ? session() : owner
        let cause = try world.report(random.one(of: outcomes) ?? .ok, token, session: session)
        let after = try world.job(token.job)
        let holds = before.leaseID == token.lease && before.lease?.session == session
        let lives = before.lease.map {
            $0.bootID == world.now.bootID && world.now.boot < $0.expiresAt
        }
        let mayChange = holds && lives == true
        guard mayChange || after == before else {
            throw Trouble("job \(token.job): a stale result")
        }
        guard !mayChange || cause == nil else { throw Trouble("job \(token.job): refused") }
    }

    private mutating func extend() throws {
        let leases = tokens.suffix(3).map(\.token)
        let event = Event.extend(session: session(), leases: leases, leaseMicros: 5_000_000)
        try world.decide(event)
    }
}
