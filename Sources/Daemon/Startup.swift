import CivilTime
import Glibc
import Ledger
import Logging
import NIOCore
import PlanFile
import SQLiteStore
import Supervision
import Systemd
import Varlink

/// What happens on the engine's thread before its first turn: lock, store, key, tree, plans.
struct Startup {
    let configuration: Configuration
    let mailbox: Mailbox
    let log: Logger
    let journal: Journal
    let reader: PlanReader
    let loop: any EventLoop

    /// Returns an engine whose store has passed the bounded checks; the full verification goes on
    /// in steps after READY (D1).
    ///
    /// - Throws: `DaemonError` with the exit code that fits.
    func engine() throws(DaemonError) -> Engine {
        let clock = try Clock()
        let store = try open()
        let hostName = Host.name
        do {
            let head = try store.transact { try $0.head() }
            let isFull = try !hasBallast(store, isFirstStart: head == nil)
            let key = try key(store, isFirstStart: head == nil, hostName)
            try check(head, key, store)
            let parts = EngineParts(
                store: store,
                key: key,
                clock: clock,
                mailbox: mailbox,
                timer: try WakeTimer(),
                reader: reader,
                loop: loop,
                log: log,
                journal: journal,
                hostName: hostName,
                tree: head?.tree ?? Tree(),
                zoneDirectory: configuration.zoneDirectory,
                calendarDirectories: configuration.calendarDirectories
            )
            // Before the plans are read: what changes from here on is seen.
            try TimeDataWatch.start(
                [configuration.zoneDirectory] + configuration.calendarDirectories,
                mailbox
            )
            let engine = Engine(parts)
            if isFull { engine.state.mode = .diskFull }
            try engine.prepare(isFirstStart: head == nil, plans: readPlans())
            return engine
        } catch let error as DaemonError {
            throw error
        } catch {
            throw .store("\(error)")
        }
    }

    private func open() throws(DaemonError) -> SQLiteStore {
        do throws(StoreError) {
            return try SQLiteStore(directory: configuration.stateDirectory)
        } catch {
            if case .unusable(let text) = error { throw .noPermission(text) }
            throw .store("\(configuration.stateDirectory): \(error)")
        }
    }

    /// Sets space aside for the day on which the disk is full; false if that day is today.
    ///
    /// - Throws: `DaemonError.noPermission` on a first start, which needs the space.
    private func hasBallast(_ store: SQLiteStore, isFirstStart: Bool) throws -> Bool {
        if store.hasBallast || store.makeBallast(bytes: Configuration.ballastBytes) { return true }
        let size = Configuration.ballastBytes >> 20
        let text = "no space for the \(size) MiB ballast in \(configuration.stateDirectory)"
        if isFirstStart { throw DaemonError.noPermission("\(text): free some") }
        log.critical("\(text): new work is refused, results are still taken")
        return false
    }

    private func key(
        _ store: SQLiteStore,
        isFirstStart: Bool,
        _ hostName: String
    ) throws -> SigningKey {
        let path = configuration.stateDirectory + "/ledger.key"
        let seed = try KeyFile.seed(path, isFirstStart: isFirstStart)
        let kept = try store.transact { try $0.setting("origin") }
        // The key's first bytes tell ledgers of one host apart.
        let tag = Digest.sha256(seed).description.prefix(8)
        let origin = kept ?? "\(hostName)/duban/\(tag)"
        return try SigningKey(name: origin, seed: seed)
    }

    /// The bounded checks: the newest checkpoint is ours and speaks of the stored tree.
    private func check(_ head: LedgerHead?, _ key: SigningKey, _ store: SQLiteStore) throws {
        guard let head else { return }
        let advice = "see `dubanctl ledger verify` of an export, and restore the store"
        let signed: Checkpoint
        do {
            signed = try key.verifier.open(head.note)
        } catch {
            throw DaemonError.store("tree_head: the newest checkpoint does not hold: \(error)")
        }
        guard signed.size == head.tree.size, signed.root == head.tree.root else {
            throw DaemonError.store("tree_head is not the tree of its checkpoint; \(advice)")
        }
        let size = Int64(head.tree.size)
        let last = try store.transact { try $0.leaves(from: size - 1, limit: 2) }
        guard last.count == 1, last.first?.seq == size - 1 else {
            throw DaemonError.store("table leaf does not end with leaf \(size - 1); \(advice)")
        }
    }

    private func readPlans() throws(DaemonError) -> [PlanReading] {
        var readings: [PlanReading] = []
        for path in configuration.plans {
            let text = try PlanText.read(path)
            let digest = Digest.sha256(Array(text.utf8))
            let reading = PlanReading(reader, text, digest, path)
            guard reading.plan != nil else { throw .notConfigured(reading.problems) }
            readings.append(reading)
        }
        return readings
    }
}

/// The text of a plan file.
enum PlanText {
    /// - Throws: `DaemonError.notConfigured` if it cannot be read or is too large.
    static func read(_ path: String) throws(DaemonError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .notConfigured(["\(path): \(SmallFile.reason())"])
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = piece.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            guard count >= 0 else { throw .notConfigured(["\(path): \(SmallFile.reason())"]) }
            guard count > 0 else { break }
            bytes += piece.prefix(count)
            guard bytes.count <= 4 << 20 else {
                throw .notConfigured(["\(path): a plan file holds at most 4 MiB"])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Engine {
    /// Loads the adopted plans, begins a new ledger, adopts the plans of the command line, and does
    /// the first turn: after it the daemon is ready.
    ///
    /// - Throws: `DaemonError` if a plan does not fit, or what the store throws.
    func prepare(isFirstStart: Bool, plans: [PlanReading]) throws {
        try loadPlans()
        if !isFirstStart { state.startVerification = Verification(key: key.verifier) }
        do {
            try firstTurn(isFirstStart: isFirstStart, plans: plans)
        } catch StoreError.full where !isFirstStart {
            // Nothing can be written: what is there can still be read.
            log.critical("the disk is full to the last byte: nothing is taken")
            state.mode = .exhausted
            try firstTurn(isFirstStart: false, plans: [])
        }
    }

    private func firstTurn(isFirstStart: Bool, plans: [PlanReading]) throws {
        let now = try readFirstClocks()
        var turn: Turn?
        try store.transact { tx in
            var first = Turn(now: now, tx: tx, state: state, tree: tree)
            if isFirstStart {
                try tx.put(setting: "origin", value: key.verifier.name)
                let genesis = Genesis(
                    origin: key.verifier.name,
                    key: key.verifier.description
                )
                _ = try first.decide(.begin(genesis))
            }
            try takeChangedData(&first)
            for reading in plans { try adoptAtStart(reading, &first) }
            try finishFirst(&first)
            turn = first
        }
        guard let turn else { return }
        state = turn.state
        tree = turn.tree
        for effect in turn.effects { effect() }
    }

    private func adoptAtStart(_ reading: PlanReading, _ turn: inout Turn) throws {
        let caller = Caller(uid: geteuid(), via: "startup")
        do {
            _ = try adopt(reading, by: caller, &turn)
        } catch let failure as WireFailure where failure.name == "io.duban.Plan.Invalid" {
            let problems = failure.parameters["problems"]?.arrayValue ?? []
            throw DaemonError.notConfigured(problems.compactMap(\.stringValue))
        } catch let failure as WireFailure {
            let text = failure.parameters["message"]?.stringValue ?? failure.name
            throw DaemonError.notConfigured(["\(reading.name): \(text)"])
        }
    }
}
