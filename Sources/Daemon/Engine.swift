import CivilTime
import DubanAPI
import Glibc
import Ledger
import Logging
import Messages
import NIOCore
import PlanFile
import SQLiteStore
import Supervision
import Synchronization
import Systemd
import Varlink

/// The loop: one thread, one mailbox, one timer, one transaction a turn.
///
/// It belongs to its thread; everything that comes in comes through the mailbox.
final class Engine {
    let store: SQLiteStore
    let key: SigningKey
    let clock: Clock
    let mailbox: Mailbox
    let timer: WakeTimer
    let reader: PlanReader
    /// The one event loop of the sockets.
    let loop: any EventLoop
    let log: Logger
    let journal: Journal
    let hasJournal: Bool
    let operatorGroup: UInt32?
    let hostName: String
    let watchdogMicros: Int64?
    let startedMicros: Int64
    var random = SystemRandomNumberGenerator()
    var state = Volatile()
    var tree: Tree
    /// The folder of the zone files.
    let zoneDirectory: String
    /// Folders that are searched for work calendars.
    let calendarDirectories: [String]
    /// When the loop meant to look at the latest, on the boot clock.
    var wakeBoot: Int64?
    /// What a turn that could not be taken left: gone connections must not be forgotten.
    private var deferred: [Delivery] = []

    init(_ parts: EngineParts) {
        store = parts.store
        key = parts.key
        clock = parts.clock
        mailbox = parts.mailbox
        timer = parts.timer
        reader = parts.reader
        loop = parts.loop
        log = parts.log
        journal = parts.journal
        hasJournal = parts.journal.isPresent
        operatorGroup = Host.gid(group: "duban")
        hostName = parts.hostName
        watchdogMicros = Notify.watchdogMicros
        startedMicros = parts.clock.read().wall
        tree = parts.tree
        zoneDirectory = parts.zoneDirectory
        calendarDirectories = parts.calendarDirectories
    }

    /// Runs turns until it is told to stop.
    ///
    /// - Throws: `StoreError` if the store failed; nothing of the failed turn was acknowledged.
    func run() throws {
        while !mailbox.isStopping.load(ordering: .acquiring) {
            sleepUntilNeeded()
            let waiting = deferred
            deferred = []
            try turn(waiting + mailbox.take(Configuration.turnItems))
        }
        try turn(mailbox.take(Configuration.turnItems))
        tellWorkers()
    }

    /// The final reply of every worker's stream: the daemon goes, the session may come back.
    private func tellWorkers() {
        for session in state.sessions.values {
            session.responder.reply(["reason": "the daemon stops"])
        }
    }

    /// Blocks in poll(2) until something waits or the timer expires.
    private func sleepUntilNeeded() {
        let now = clock.now(clock.read())
        let deadline = state.isUnfinished ? nil : deadline(now)
        if timer.arm(deadline) { return takeClockSet() }
        wakeBoot = deadline.map { now.boot + max(0, $0.microseconds - now.wall.microseconds) }
        var descriptors = [
            pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: timer.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let timeout: CInt = state.isUnfinished ? 0 : -1
        while poll(&descriptors, 2, timeout) < 0, errno == EINTR {}
        if descriptors[1].revents != 0, timer.acknowledge() { takeClockSet() }
    }

    private func takeClockSet() {
        log.notice("the clock was set: everything that is due is looked at again")
        lookAgain()
    }

    /// The wall instant of whatever comes first: a due date, a lease's end, the watchdog.
    private func deadline(_ now: Now) -> Instant? {
        var nearest = state.nextWall
        if state.nextBoot != .max {
            nearest = min(nearest, now.wall.microseconds + max(0, state.nextBoot - now.boot))
        }
        if let interval = watchdogMicros {
            let left = state.fedAt == .min ? 0 : max(0, state.fedAt + interval / 3 - now.boot)
            nearest = min(nearest, now.wall.microseconds + left)
        }
        return nearest == .max ? nil : Instant(microseconds: max(1, nearest))
    }

    // MARK: One turn

    private func turn(_ items: [Delivery]) throws {
        let now = readClocks()
        let done: Turn
        do {
            done = try attempt(items, now)
        } catch StoreError.full {
            guard let taken = try onFullDisk(items, now) else { return heal() }
            done = taken
        }
        state = done.state
        tree = done.tree
        for effect in done.effects { effect() }
        feedWatchdog(now)
        heal()
    }

    /// Frees the ballast and takes the turn again, now without new work (T12).
    ///
    /// Where even the ballast's space is gone, everything that would change a row is refused by
    /// name until there is space again; nil if not even that turn could be taken.
    private func onFullDisk(_ items: [Delivery], _ now: Now) throws -> Turn? {
        if state.mode == .running {
            log.critical("the disk is full: new work is refused, results are still taken")
            Notify.status("disk full: new work is refused")
        }
        state.mode = .diskFull
        state.verifications = [:]
        if state.startVerification != nil {
            state.startVerification = Verification(key: key.verifier)
        }
        store.freeBallast()
        do {
            return try attempt(items, now)
        } catch StoreError.full {
            log.critical("the disk is full to the last byte: nothing is taken")
        }
        state.mode = .exhausted
        do {
            return try attempt(items, now)
        } catch StoreError.full {
            refuse(items)
            state.nextBoot = now.boot + 1_000_000
            state.nextWall = .max
            state.isUnfinished = false
            return nil
        }
    }

    private func refuse(_ items: [Delivery]) {
        for item in items {
            guard case .call(let call) = item else {
                deferred.append(item)
                continue
            }
            let interface = call.method.split(separator: ".").dropLast().joined(separator: ".")
            let failure = WireFailure.notAccepting(interface, Mode.exhausted.trouble ?? "")
            call.responder.fail(failure.name, failure.parameters)
        }
    }

    /// Takes new work again as soon as the ballast fits beside some free space.
    private func heal() {
        guard state.mode == .diskFull || state.mode == .exhausted else { return }
        let free: Int64
        do throws(StoreError) {
            free = try store.freeBytes()
        } catch {
            return log.error("\(error)")
        }
        guard free > Int64(Configuration.ballastBytes) * 5 / 4,
            store.makeBallast(bytes: Configuration.ballastBytes)
        else { return }
        state.mode = .running
        state.mustDispatch = true
        state.isUnfinished = true
        log.notice("there is space again: new work is taken")
        Notify.status("running")
    }

    /// Does what a first turn does beside adoption, so that READY comes after a whole turn.
    func finishFirst(_ turn: inout Turn) throws {
        try wake(&turn)
        try seal(&turn)
        try follow(&turn)
        try look(&turn)
    }

    /// The language of the daemon's own texts.
    var language: Language {
        Language(
            all: Host.environment("LC_ALL"),
            messages: Host.environment("LC_MESSAGES"),
            lang: Host.environment("LANG")
        )
    }

    private func attempt(_ items: [Delivery], _ now: Now) throws -> Turn {
        var result: Turn?
        let (state, tree) = (self.state, self.tree)
        try store.transact { tx in
            var turn = Turn(now: now, tx: tx, state: state, tree: tree)
            turn.state.isUnfinished = false
            for item in items { try take(item, &turn) }
            if turn.state.startVerification == nil { try takeNewData(&turn) }
            try wake(&turn)
            try tick(&turn)
            try dispatch(&turn)
            try forget(&turn)
            try seal(&turn)
            try verify(&turn)
            try follow(&turn)
            try look(&turn)
            result = turn
        }
        guard let result else { throw StoreError.inputOutput("the transaction did not run") }
        return result
    }

    private func take(_ item: Delivery, _ turn: inout Turn) throws {
        switch item {
        case .call(let call): try answer(call, &turn)
        case .closed(let connection): try disconnect(connection, &turn)
        case .planRead(let call, let reading): try adopt(reading, call, &turn)
        case .timeDataChanged: try readTimeData(&turn)
        case .timeData(let reading): try take(reading, &turn)
        case .sent(let connection): turn.state.followers[connection]?.isBusy = false
        case .blocked(let connection, let isBlocked):
            if isBlocked {
                turn.state.blocked.insert(connection)
            } else {
                turn.state.blocked.remove(connection)
            }
        }
    }

    /// Works off schedules, thresholds and leases whose time has come.
    private func wake(_ turn: inout Turn) throws {
        guard turn.state.mode.takesResults else { return }
        do {
            if turn.state.nextBoot <= turn.now.boot || turn.state.mustSweep {
                let before = turn.state.isUnfinished
                turn.state.isUnfinished = false
                _ = try turn.decide(.sweep)
                turn.state.mustSweep = turn.state.isUnfinished
                turn.state.isUnfinished = before || turn.state.mustSweep
                turn.mayDispatch = true
            }
            let isDue = turn.state.nextWall <= turn.now.wall.microseconds || turn.state.isBehind
            if isDue, turn.state.watch.hold == nil {
                turn.state.isBehind = false
                _ = try turn.decide(.woke)
                turn.state.isBehind = turn.state.isUnfinished
                turn.mayDispatch = true
            }
        } catch StoreError.inconsistent(let text) {
            setReadOnly(text, &turn)
        }
    }

    /// What cannot be read cannot be worked off: nothing is changed until a person has looked.
    func setReadOnly(_ text: String, _ turn: inout Turn) {
        log.critical("read-only: \(text)")
        Notify.status("read-only: \(text)")
        turn.state.mode = .readOnly(text)
    }

    /// Finds out when the next turn is needed.
    private func look(_ turn: inout Turn) throws {
        let wall = try turn.tx.nextWake(after: turn.now.wall)?.microseconds ?? .max
        // What is due and yet made no progress must not spin: it is looked at once a second.
        let isStuck = wall <= turn.now.wall.microseconds && turn.records.isEmpty
        let next = isStuck ? turn.now.wall.microseconds + 1_000_000 : wall
        turn.state.nextWall = nextLook(next, turn)
        let lease = try turn.tx.nextLeaseEnd(bootID: turn.now.bootID) ?? .max
        let waits = turn.state.waiting.map(\.until).min() ?? .max
        turn.state.nextBoot = min(lease, waits)
        if !turn.state.mode.takesResults {
            turn.state.nextWall = .max
            turn.state.nextBoot = waits
        }
        if turn.state.mode == .diskFull || turn.state.mode == .exhausted {
            turn.state.nextBoot = min(turn.state.nextBoot, turn.now.boot + 1_000_000)
        }
    }

    /// Deletes answers that nobody asks for again, once an hour.
    private func forget(_ turn: inout Turn) throws {
        let now = turn.now.wall
        guard turn.state.forgetAt <= now.microseconds, turn.state.mode == .running,
            turn.state.watch.hold == nil
        else { return }
        let before = now - .days(Configuration.answerDays)
        let isMore = try turn.tx.forgetAnswers(before: before) == Configuration.forgotten
        if isMore { turn.state.isUnfinished = true }
        turn.state.forgetAt = isMore ? .min : (now + .hours(1)).microseconds
    }

    /// Signs one checkpoint for all leaves of the turn, in the turn's transaction.
    private func seal(_ turn: inout Turn) throws {
        guard turn.tree.size != turn.sizeBefore else { return }
        let checkpoint = Checkpoint(
            origin: key.verifier.name,
            size: turn.tree.size,
            root: turn.tree.root
        )
        try turn.tx.seal(LedgerHead(tree: turn.tree, note: try key.sign(checkpoint)))
    }

    /// Only a finished turn feeds: the loop and the store have both made progress.
    private func feedWatchdog(_ now: Now) {
        guard let interval = watchdogMicros else { return }
        guard state.fedAt == .min || now.boot - state.fedAt >= interval / 4 else { return }
        state.fedAt = now.boot
        Notify.watchdog()
    }
}

/// What an engine is made of.
struct EngineParts {
    let store: SQLiteStore
    let key: SigningKey
    let clock: Clock
    let mailbox: Mailbox
    let timer: WakeTimer
    let reader: PlanReader
    let loop: any EventLoop
    let log: Logger
    let journal: Journal
    let hostName: String
    let tree: Tree
    let zoneDirectory: String
    let calendarDirectories: [String]
}
