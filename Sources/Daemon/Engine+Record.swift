import CivilTime
import DubanAPI
import Ledger
import Logging
import Messages
import Supervision
import Systemd
import Varlink

/// How many entries one reply of a list carries.
private let entriesPage = 200
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
            turn.verifying.append(context)
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
        let entries = try leaves.map { try entry(Record(leaf: $0.bytes), turn) }
        let next = leaves.count == limit ? leaves.last?.seq : nil
        return try JSONCoder.encode(RecordAPI.ListReply(entries: entries, next: next))
    }

    /// Sends followers what they have not seen, the turn's own records included, and the journal
    /// its copy; all of it leaves after the commit.
    func follow(_ turn: inout Turn) throws {
        for (connection, follower) in turn.state.followers {
            var follower = follower
            let leaves = try turn.tx.leaves(from: follower.next, limit: entriesPage)
            let entries = try leaves.map { try entry(Record(leaf: $0.bytes), turn) }
            follower.next = (leaves.last?.seq).map { $0 + 1 } ?? follower.next
            let isEnd = leaves.count < entriesPage
            if !isEnd { turn.state.isUnfinished = true }
            let ends = isEnd && !follower.stays
            turn.state.followers[connection] = ends ? nil : follower
            guard ends || !entries.isEmpty else { continue }
            let reply = try JSONCoder.encode(RecordAPI.ListReply(entries: entries, next: nil))
            let responder = follower.responder
            turn.effects.append { ends ? responder.reply(reply) : responder.continue(reply) }
        }
        guard !turn.records.isEmpty else { return }
        try tellJournal(turn.records, &turn)
    }

    private func tellJournal(_ records: [Record], _ turn: inout Turn) throws {
        let root = turn.tree.root.description
        let zones = turn.state.book.plans.values.map { $0.timekeeper.zone }
        let rendering = Rendering(
            language: language,
            zones: Dictionary(zones.map { ($0.name, $0) }) { first, _ in first },
            nowMicros: turn.now.wall.microseconds
        )
        let (journal, hasJournal, log) = (self.journal, self.hasJournal, self.log)
        for record in records {
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

    /// Takes a step of every verification that was asked for, and of the one after the start.
    func verify(_ turn: inout Turn) throws {
        for context in turn.verifying {
            do {
                turn.reply(context.call.responder, try step(context, &turn))
            } catch let failure as WireFailure {
                turn.fail(context.call.responder, failure)
            }
        }
        verifyAfterStart(&turn)
    }

    private func step(_ context: CallContext, _ turn: inout Turn) throws -> JSON {
        let call = try context.parameters(RecordAPI.VerifyCall.self)
        let cursor: String
        var verification: Verification
        if let given = call.cursor {
            guard let known = turn.state.verifications[given] else {
                throw WireFailure("io.duban.Record.NoSuchCursor", ["cursor": .string(given)])
            }
            (cursor, verification) = (given, known)
        } else {
            cursor = String(random.next(), radix: 16)
            verification = Verification(key: key.verifier)
        }
        verification.step(turn.tx, head: turn.tree)
        turn.state.verifications[cursor] = verification.isDone ? nil : verification
        // A caller who goes away leaves its cursor: the oldest few are dropped.
        while turn.state.verifications.count > 8 {
            turn.state.verifications.remove(at: turn.state.verifications.startIndex)
        }
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

    /// The daemon's own verification, a step a turn, from its start on; what it finds makes the
    /// daemon read-only.
    private func verifyAfterStart(_ turn: inout Turn) {
        guard var verification = turn.state.startVerification else { return }
        verification.step(turn.tx, head: turn.tree)
        if let problem = verification.problems.first {
            log.critical("ledger verification: \(problem)")
            setReadOnly(problem.description, &turn)
        }
        if verification.isDone || !verification.problems.isEmpty {
            turn.state.startVerification = nil
        } else {
            turn.state.startVerification = verification
            turn.state.isUnfinished = true
        }
    }
}
