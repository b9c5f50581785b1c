import CivilTime
import DubanAPI
import Ledger
import Logging
import SQLiteStore
import Supervision
import Systemd
import Varlink

/// How often a held clock is looked at, in microseconds.
private let heldLook: Int64 = 5_000_000
/// How often the ledger is told that the service runs, in microseconds.
private let tickMicros: Int64 = 3_600_000_000
/// How many leaves a start looks back for the clocks.
private let lookedBack = 64

extension Engine {
    /// Looks at the clocks at the loop's head, and says what became of them.
    func readClocks() -> Now {
        let reading = clock.read()
        tell(state.watch.look(reading, wake: wakeBoot), reading)
        wakeBoot = nil
        return clock.now(reading)
    }

    /// Looks at the clocks for the first time, beside what the store remembers.
    func readFirstClocks() throws -> Now {
        let reading = clock.read()
        if let newest = try newestClocks() {
            let boot = newest.bootID == clock.bootID ? newest.boot : nil
            let wall = newest.wall.microseconds
            tell(state.watch.begin(reading, after: wall, boot: boot), reading)
        }
        return clock.now(reading)
    }

    /// The newest wall time that the ledger remembers; with the boot clock of a tick of this boot,
    /// so that the time since then is known exactly.
    private func newestClocks() throws -> Now? {
        let first = max(0, Int64(tree.size) - Int64(lookedBack))
        let leaves = try store.transact { try $0.leaves(from: first, limit: lookedBack) }
        var newest: Now?
        for leaf in leaves {
            do {
                let record = try Record(leaf: leaf.bytes)
                if case .tick(let tick) = record.payload, tick.bootID == clock.bootID {
                    newest = Now(wall: record.at, boot: tick.bootMicros, bootID: tick.bootID)
                } else if newest?.bootID != clock.bootID {
                    newest = Now(wall: record.at, boot: 0, bootID: "")
                }
            } catch {
                // The verification after the start says what is wrong with it.
                continue
            }
        }
        return newest
    }

    private func tell(_ events: [ClockEvent], _ reading: ClockReading) {
        for event in events {
            let text = text(event, reading)
            switch event {
            case .held:
                log.critical("\(text)")
                Notify.status(text)
            case .released: free(text)
            case .steppedBack, .steppedForward:
                log.warning("\(text)")
                lookAgain()
            case .suspended, .stopped: log.notice("\(text)")
            }
        }
    }

    /// What the service manager shows.
    var status: String {
        if let trouble = state.mode.trouble { return trouble }
        return state.watch.hold.map { held($0, clock.read().boot) } ?? state.mode.word
    }

    /// Goes on after a hold.
    private func free(_ text: String) {
        log.notice("\(text)")
        Notify.status(status)
        lookAgain()
    }

    /// After a step every wall time that was noted is worthless.
    func lookAgain() {
        state.nextWall = .min
        state.forgetAt = .min
        state.tickAt = .min
    }

    private func text(_ event: ClockEvent, _ reading: ClockReading) -> String {
        switch event {
        case .suspended(let span):
            "the machine slept for \(seconds(span)): what fell due is caught up"
        case .stopped(let span):
            "the daemon stood still for \(seconds(span)): what fell due is caught up"
        case .steppedBack(let span):
            "the clock was set back by \(seconds(span)): what was done is not done again"
        case .steppedForward(let span):
            "the clock was set forward by \(seconds(span)): what fell due is caught up"
        case .held(let hold): held(hold, reading.boot)
        case .released(.synchronized): "the clock is synchronized: what is due is worked off again"
        case .released(.returned): "the clock is back: what is due is worked off again"
        case .released(.operator): "the clock is right by an operator's word: what is due goes on"
        }
    }

    /// Why nothing is worked off, for status and journal.
    func held(_ hold: ClockHold, _ boot: Int64) -> String {
        let shown = Instant(microseconds: hold.since)
        let expected = Instant(microseconds: hold.expected(boot: boot))
        return "the clock leapt to \(shown) and nothing vouches for it, \(expected) was expected: "
            + "what is due waits until the clock is synchronized or set right, "
            + "or `dubanctl release-clock`"
    }

    private func seconds(_ micros: Int64) -> String {
        "\(micros / 1_000_000).\(micros / 100_000 % 10) s"
    }

    // MARK: In a turn

    /// An operator says that the clock is right.
    func releaseClock(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(ControlAPI.ReleaseClockCall.self)
        return try once(call.requestId, context, &turn, isNewWork: false) { turn in
            let wasHeld = turn.state.watch.release()
            if wasHeld {
                turn.state.nextWall = .min
                turn.state.isUnfinished = true
                let (log, status) = (self.log, turn.state.mode.trouble ?? turn.state.mode.word)
                turn.effects.append {
                    log.notice("the clock is right by an operator's word: what is due goes on")
                    Notify.status(status)
                }
            }
            return try JSONCoder.encode(ControlAPI.ReleaseClockReply(released: wasHeld))
        }
    }

    /// What gives slots their dispositions must not go by a clock that nothing vouches for.
    ///
    /// - Throws: `WireFailure` NotAccepting while the clock is held.
    func requireClock(_ context: CallContext, _ turn: Turn) throws {
        guard let hold = turn.state.watch.hold else { return }
        throw WireFailure.notAccepting(context.interface, held(hold, turn.now.boot))
    }

    /// Writes the hourly record by which a gap in service can be seen.
    func tick(_ turn: inout Turn) throws {
        guard turn.state.mode == .running, turn.state.watch.hold == nil else { return }
        let now = turn.now.wall.microseconds
        if turn.state.tickAt == .min { turn.state.tickAt = now + tickMicros }
        guard turn.state.tickAt <= now else { return }
        _ = try turn.decide(.tick)
        turn.state.tickAt = now + tickMicros
    }

    /// The next wall instant at which the loop looks, with what the clocks themselves need.
    func nextLook(_ wall: Int64, _ turn: Turn) -> Int64 {
        guard turn.state.watch.hold == nil else { return turn.now.wall.microseconds + heldLook }
        guard turn.state.mode == .running, turn.state.tickAt != .min else { return wall }
        return min(wall, turn.state.tickAt)
    }
}
