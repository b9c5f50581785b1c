import Ledger
import PlanFile
import SQLiteStore
import Supervision

extension Engine {
    /// Reads the plans that are in force from their texts in the store, and of those before them
    /// the ones under which something is still owed.
    ///
    /// - Throws: `DaemonError` if a text is not the one adopted, or cannot be read any more.
    func loadPlans() throws {
        let programmes = try store.transact { try $0.programmes() }
        for row in programmes {
            state.book.add(try load(row.digest, row.name), uidOfLogin: Host.uid)
            let revisions = try store.transact { try $0.revisions(programme: row.id) }
            for revision in revisions.dropFirst() {
                guard try isNeeded(beyond: row.id) else { break }
                state.book.add(
                    former: try load(revision.digest, revision.name),
                    uidOfLogin: Host.uid
                )
            }
        }
    }

    private func load(_ digest: Digest, _ name: String) throws -> Plan {
        let text = try store.transact { try $0.planText(digest) }
        guard let text, Digest.sha256(Array(text.utf8)) == digest else {
            throw DaemonError.store("plan_text \(digest): not the plan that was adopted")
        }
        let reading = PlanReading(reader.allowingMissingData, text, digest, name)
        guard let plan = reading.plan else { throw DaemonError.notConfigured(reading.problems) }
        return plan
    }

    /// Whether an unsettled duty goes up a line that none of the plans read so far has.
    private func isNeeded(beyond programme: String) throws -> Bool {
        let book = state.book
        return try store.transact { tx in
            var after: Int64 = 0
            while true {
                let duties = try tx.unsettled(
                    programme: programme,
                    after: after,
                    limit: pageLimit
                )
                for duty in duties where try book.context(of: duty, tx) == nil {
                    return true
                }
                guard let last = duties.last, duties.count == pageLimit else { return false }
                after = last.number
            }
        }
    }
}
