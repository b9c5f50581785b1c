import CivilTime
import DubanAPI
import Ledger
import Supervision
import Varlink

extension Engine {
    /// The input of a `deliver` job as the worker gets it: the stored notice with the rows as they
    /// stand now, and the ledger's head.
    func letter(_ job: Job, _ turn: Turn) throws -> String {
        let value = try CanonicalValue(canonical: Array(job.input.utf8))
        let notice = try CanonicalDecoder.decode(Notice.self, from: value)
        guard let duty = try turn.tx.duty(notice.number) else {
            throw StoreError.inconsistent("job \(job.id) is about no duty")
        }
        let about = try notice.about.flatMap { try turn.tx.duty($0) }
        let input = DeliverInput(
            to: notice.to,
            toName: notice.toName,
            matter: DeliverInput.Matter(rawValue: notice.matter.rawValue) ?? .reminder,
            duty: try view(duty, turn),
            about: try about.map { try view($0, turn) },
            note: try notice.line ?? notice.note.flatMap { try text($0, turn) },
            nextMicros: notice.nextAt?.microseconds,
            nextName: notice.nextName,
            passed: notice.passed,
            ordinal: notice.ordinal,
            domain: hostName,
            from: "duban@\(hostName)",
            atMicros: job.readyAt.microseconds,
            ledgerSize: Int64(turn.tree.size),
            ledgerRoot: turn.tree.root.description
        )
        return try JSONCoder.encode(input).text
    }
}
