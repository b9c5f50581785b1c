import CivilTime
import Ledger

extension MemoryTransaction {
    func note(_ digest: Digest) throws -> Note? {
        rows.notes[digest].flatMap { $0.text == nil ? nil : $0 }
    }

    func put(_ note: Note) throws {
        set(\.notes[note.digest], note)
    }

    func notes(after digest: Digest?, limit: Int) throws -> [Note] {
        let keys = rows.notes.keys
        return rows.notes.rows(digest.map(keys.after) ?? keys.elements[...], limit: limit)
    }

    func planText(_ digest: Digest) throws -> String? {
        rows.planTexts[digest]
    }

    func put(planText: String, digest: Digest) throws {
        set(\.planTexts[digest], planText)
    }

    func setting(_ name: String) throws -> String? {
        rows.settings[TextKey(name)]
    }

    func put(setting name: String, value: String) throws {
        set(\.settings[TextKey(name)], value)
    }

    func nextWake(after now: Instant) throws -> Instant? {
        let jobs = rows.jobIndex.ready.elements.lazy.compactMap { [rows] in
            rows[job: $0].flatMap { $0.after == nil ? $0.notBefore : nil }
        }
        let job = jobs.filter { $0 > now }.min()
        let schedule = rows.nextSchedules.first?.value
        let duty = rows.dutyIndex.wakes.first?.value
        return [schedule, duty, job].compactMap { $0 }.min()
    }

    func nextLeaseEnd(bootID: String) throws -> Int64? {
        let bootID = TextKey(bootID)
        let leases = rows.jobIndex.leased.elements.compactMap { rows[job: $0]?.lease }
        return leases.filter { TextKey($0.bootID) == bootID }.map(\.expiresAt).min()
    }

    func counts(at now: Instant) throws -> Counts {
        let unsettled = rows.dutyIndex.unsettled.elements
        let late = unsettled.filter { number in
            rows[duty: number].map { $0.state.isOwed && $0.dueAt <= now } ?? false
        }
        var counts = Counts()
        counts.unsettled = Int64(unsettled.count)
        counts.late = Int64(late.count)
        counts.duties = Int64(rows.duties.count)
        counts.ready = Int64(rows.jobIndex.ready.count)
        counts.leased = Int64(rows.jobIndex.leased.count)
        counts.quarantined = rows.jobIndex.quarantined
        counts.jobs = Int64(rows.jobs.count)
        counts.findings = Int64(rows.findings.count)
        return counts
    }
}
