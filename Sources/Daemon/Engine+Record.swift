import CivilTime
import DubanAPI
import Ledger
import Logging
import Messages
import NIOCore
import Supervision
import Systemd
import Varlink

/// How many entries one reply of a list carries.
private let entriesPage = 200
/// How many bytes of leaves and texts one such reply carries, the last entry not counted.
private let entriesBytes = 96 << 10
/// How many verifications may be under way, and how long one may rest, in microseconds.
private let verificationLimit = (count: 16, rest: Int64(60_000_000))
/// How many bytes of an export one page carries, the last line not counted.
private let exportPage = 40 << 10

extension Engine {
    func handleRecord(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "Get":
            let call = try context.parameters(RecordAPI.GetCall.self)
            let leaf = try turn.tx.leaves(from: call.seq, limit: 1).first
            guard let leaf, leaf.seq == call.seq else {
                throw WireFailure("io.duban.Record.NoSuchRecord", ["seq": .int(call.seq)])
            }
            return try JSONCoder.encode(
                RecordAPI.GetReply(
                    seq: leaf.seq,
                    leaf: String(decoding: leaf.bytes, as: UTF8.self),
                    leafHash: Tree.leafHash(leaf.bytes).description
                )
            )
        case "List": return try listRecords(context, &turn)
        case "Verify":
            turn.state.verifying.append(context)
            return nil
        case "Export": return try export(context, turn)
        default:
            guard let head = try turn.tx.head() else {
                throw StoreError.inconsistent("the ledger has no checkpoint")
            }
            return try JSONCoder.encode(
                RecordAPI.CheckpointReply(
                    note: head.note,
                    key: key.verifier.description,
                    origin: key.verifier.name,
                    size: Int64(head.tree.size),
                    root: head.tree.root.description
                )
            )
        }
    }

    private func listRecords(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(RecordAPI.ListCall.self)
        let start = call.after.map { $0 + 1 } ?? 0
        if context.call.more {
            turn.state.followers[context.call.connection] = Follower(
                responder: context.call.responder,
                next: max(0, start),
                stays: call.follow ?? false
            )
            return nil
        }
        guard call.follow != true else { throw WireFailure.expectedMore }
        let limit = min(entriesPage, clamp(call.limit))
        let leaves = try turn.tx.leaves(from: max(0, start), limit: limit)
        let entries = try page(leaves, turn)
        let isWhole = leaves.count < limit && entries.count == leaves.count
        let next = isWhole ? nil : entries.last?.seq
        return try JSONCoder.encode(RecordAPI.ListReply(entries: entries, next: next))
    }

    /// Sends followers what they have not seen, the turn's own records included, and the journal
    /// its copy; all of it leaves after the commit.
    func follow(_ turn: inout Turn) throws {
        for (connection, follower) in turn.state.followers
        where !follower.isBusy && !turn.state.blocked.contains(connection) {
            do {
                try serve(follower, connection, &turn)
            } catch {
                // What cannot be read spoils this reader's call, not the turn of the others.
                log.error("Record.List: \(error)")
                turn.state.followers[connection] = nil
                let text = "\(error); ask for `dubanctl ledger verify`"
                turn.fail(follower.responder, .notAccepting(RecordAPI.name, text))
            }
        }
        for record in turn.records {
            do {
                try tellJournal(record, &turn)
            } catch {
                log.error("leaf \(record.seq) for the journal: \(error)")
            }
        }
    }

    /// Sends a reader its next page; the following one comes in a later turn, and not before the
    /// reader has taken what it was sent.
    private func serve(
        _ follower: Follower,
        _ connection: ConnectionID,
        _ turn: inout Turn
    ) throws {
        var follower = follower
        let leaves = try turn.tx.leaves(from: follower.next, limit: entriesPage)
        let entries = try page(leaves, turn)
        follower.next = (entries.last?.seq).map { $0 + 1 } ?? follower.next
        let isEnd = follower.next >= Int64(turn.tree.size)
        let ends = isEnd && !follower.stays
        follower.isBusy = !entries.isEmpty
        turn.state.followers[connection] = ends ? nil : follower
        guard ends || !entries.isEmpty else { return }
        let reply = try JSONCoder.encode(RecordAPI.ListReply(entries: entries, next: nil))
        let (responder, loop, mailbox) = (follower.responder, self.loop, self.mailbox)
        turn.effects.append {
            guard !ends else { return responder.reply(reply) }
            responder.continue(reply)
            loop.execute { mailbox.post(.sent(connection)) }
        }
    }

    /// As many entries as a page holds by bytes, and at least one.
    private func page(_ leaves: [Leaf], _ turn: Turn) throws -> [DutyAPI.Entry] {
        var entries: [DutyAPI.Entry] = []
        var bytes = 0
        for leaf in leaves {
            let entry = try entry(Record(leaf: leaf.bytes), turn)
            bytes += leaf.bytes.count + (entry.note?.utf8.count ?? 0)
            if bytes > entriesBytes, !entries.isEmpty { break }
            entries.append(entry)
        }
        return entries
    }

    private func tellJournal(_ record: Record, _ turn: inout Turn) throws {
        let root = turn.tree.root.description
        let zones = turn.state.book.plans.values.map { $0.timekeeper.zone }
        let rendering = Rendering(
            language: language,
            zones: Dictionary(zones.map { ($0.name, $0) }) { first, _ in first },
            nowMicros: turn.now.wall.microseconds
        )
        let (journal, hasJournal, log) = (self.journal, self.hasJournal, self.log)
        let entry = try entry(record, turn)
        let fields = JournalFields.fields(for: entry, root: root, rendering)
        turn.effects.append {
            if hasJournal {
                journal.send(fields: fields.map { ($0.name, $0.value) })
            } else {
                log.info("\(fields.first?.value ?? "")")
            }
        }
    }

    // MARK: Export

    private func export(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(RecordAPI.ExportCall.self)
        let size = call.size ?? Int64(turn.tree.size)
        let stored = try turn.tx.checkpoints(from: size, limit: 1).first
        guard let stored, stored.size == size else {
            throw WireFailure("io.duban.Record.NoSuchRecord", ["seq": .int(size)])
        }
        var seq = max(0, call.seq ?? 0)
        var text = ""
        if call.seq == nil {
            text = ExportWriter.header(
                origin: key.verifier.name,
                key: key.verifier,
                size: UInt64(size)
            )
        }
        paging: while seq < size {
            let leaves = try turn.tx.leaves(from: seq, limit: entriesPage)
            guard !leaves.isEmpty else { break }
            for leaf in leaves where leaf.seq < size {
                text += ExportWriter.line(seq: UInt64(leaf.seq), leaf: leaf.bytes)
                seq = leaf.seq + 1
                if text.utf8.count > exportPage { break paging }
            }
        }
        if seq >= size { text += ExportWriter.trailer(note: stored.note) }
        let next = seq < size ? seq : nil
        return try JSONCoder.encode(RecordAPI.ExportReply(text: text, next: next, size: size))
    }

    // MARK: Verify

    /// Takes a step of one verification that was asked for, and of the one after the start: one
    /// step a turn, so that nobody's verification holds up the others.
    func verify(_ turn: inout Turn) throws {
        if !turn.state.verifying.isEmpty {
            let context = turn.state.verifying.removeFirst()
            do {
                turn.reply(context.call.responder, try step(context, &turn))
            } catch let failure as WireFailure {
                turn.fail(context.call.responder, failure)
            }
            if !turn.state.verifying.isEmpty { turn.state.isUnfinished = true }
        }
        verifyAfterStart(&turn)
    }

    private func step(_ context: CallContext, _ turn: inout Turn) throws -> JSON {
        let call = try context.parameters(RecordAPI.VerifyCall.self)
        let cursor = call.cursor ?? String(random.next(), radix: 16)
        var run = try run(call.cursor, &turn)
        run.usedAt = turn.now.boot
        run.verification.step(turn.tx, head: turn.tree)
        let verification = run.verification
        turn.state.verifications[cursor] = verification.isDone ? nil : run
        return try JSONCoder.encode(
            RecordAPI.VerifyReply(
                cursor: cursor,
                checked: verification.checked,
                size: Int64(turn.tree.size),
                done: verification.isDone,
                origin: key.verifier.name,
                root: turn.tree.root.description,
                problems: verification.problems.map {
                    RecordAPI.Problem(place: $0.place, what: $0.what)
                }
            )
        )
    }

    /// The verification of a cursor, or a new one.
    ///
    /// One that rests too long makes room; where all are in use, the caller is asked to come again.
    private func run(
        _ cursor: String?,
        _ turn: inout Turn
    ) throws -> VerificationRun {
        if let cursor {
            guard let run = turn.state.verifications.removeValue(forKey: cursor) else {
                throw WireFailure("io.duban.Record.NoSuchCursor", ["cursor": .string(cursor)])
            }
            return run
        }
        let now = turn.now.boot
        turn.state.verifications = turn.state.verifications.filter {
            now - $0.value.usedAt < verificationLimit.rest
        }
        guard turn.state.verifications.count < verificationLimit.count else {
            let text =
                "\(verificationLimit.count) verifications are under way: try again in a minute"
            throw WireFailure.notAccepting(RecordAPI.name, text)
        }
        let verification = Verification(key: key.verifier)
        return VerificationRun(usedAt: now, verification: verification)
    }

    /// The daemon's own verification, a step a turn, from its start on; what it finds makes the
    /// daemon read-only.
    private func verifyAfterStart(_ turn: inout Turn) {
        guard let verification = turn.state.startVerification else { return }
        verification.step(turn.tx, head: turn.tree)
        if let problem = verification.problems.first {
            log.critical("ledger verification: \(problem)")
            setReadOnly(problem.description, &turn)
        }
        if verification.isDone || !verification.problems.isEmpty {
            turn.state.startVerification = nil
            // What waited for a sound ledger goes on in the next turn.
            if turn.state.timeData.isNew { turn.state.isUnfinished = true }
        } else {
            turn.state.startVerification = verification
            turn.state.isUnfinished = true
        }
    }
}
