import CivilTime
import GRDB
import Glibc
import Ledger
import Supervision
import Testing

@testable import SQLiteStore

@Suite struct SQLiteStoreFaultTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(directory: folder.path)
    }

    @Test(arguments: [
        "UPDATE leaf SET bytes = x'00' WHERE seq = 0", "UPDATE leaf SET root = 2",
        "DELETE FROM leaf", "INSERT OR REPLACE INTO leaf VALUES (0, x'00', 1)",
        "INSERT INTO leaf VALUES (2, x'00', 1)", "UPDATE checkpoint SET note = 'x'",
        "DELETE FROM checkpoint WHERE size = 1",
        "INSERT OR REPLACE INTO checkpoint SELECT 1, root, 'x' FROM checkpoint",
        "INSERT INTO checkpoint SELECT 0, root, 'x' FROM checkpoint",
    ])
    func `the ledger's tables refuse any change`(sql: String) throws {
        let head = try ledger()
        #expect {
            try store.connection { try $0.execute(sql: sql) }
        } throws: {
            guard case .inconsistent = $0 as? StoreError else { return false }
            return true
        }
        #expect(try store.transact { try $0.head() } == head)
        #expect(try store.transact { try $0.leaves(from: 0, limit: 9).map(\.bytes) } == [[1]])
        store.close()
    }

    @Test func `a full disk undoes the turn, whatever the turn makes of it`() throws {
        try store.transact { try $0.put(duty(1), prior: nil) }
        let pages = try limitPages()
        #expect(throws: StoreError.full) { try store.transact(fill) }
        // A turn that catches the error in a savepoint and goes on is undone all the same.
        #expect(throws: StoreError.full) {
            try store.transact { transaction in
                try transaction.put(setting: "before", value: "1")
                do { try transaction.savepoint { try fill(transaction) } } catch {}
                do { try transaction.put(setting: "after", value: "2") } catch {}
            }
        }
        try store.transact { transaction in
            #expect(try transaction.lastDuty() == 1)
            #expect(try transaction.setting("before") == nil)
            #expect(try transaction.setting("after") == nil)
            try transaction.put(setting: "small", value: "still fits")
        }
        try setPages(pages)
        try store.transact(fill)
        #expect(try store.transact { try $0.lastDuty() } == 2_001)
        #expect(try store.transact { try $0.setting("small") } == "still fits")
        store.close()
    }

    @Test(arguments: [
        ("duty", "state", "'lost'", "duty 17, column state: \"lost\" is no DutyState"),
        ("duty", "kind", "x'00'", "duty 17, column kind: Data(1 bytes) is no text"),
        ("duty", "number", "18", "duty 17 is not there"),
        ("duty", "obligor", "'nobody'", "duty 17, column obligor: \"nobody\" is no Post"),
        ("duty", "superior", "'a/b/c'", "duty 17, column superior: \"a/b/c\" is no Post"),
        ("duty", "term", "'60min'", "duty 17, column term: \"60min\" is no Term"),
        ("duty", "person", "NULL", "duty 17, column person: NULL is no value"),
        ("duty", "due_micros", "'soon'", "duty 17, column due_micros: \"soon\" is no integer"),
        (
            "duty", "open_micros", "9223372036854775807",
            "duty 17, column open_micros: 9223372036854775807 is no instant"
        ),
        ("duty", "follows_up", "2", "duty 17, column follows_up: 2 is no flag (0 or 1)"),
        (
            "duty", "reminders_micros", "'1,,2'",
            "duty 17, column reminders_micros: \"1,,2\" is no list of instants"
        ),
        (
            "duty", "reminders_fired", "-1",
            "duty 17, column reminders_fired: -1 is no count of reminders"
        ),
        ("duty", "note", "'ab'", "duty 17, column note: \"ab\" is no Digest"),
        ("duty", "settled_reason", "'so'", "duty 17, column settled_reason: \"so\" is no Reason"),
        (
            "duty", "wake_micros", "1",
            "duty 17, column wake_micros: 1 is no instant that follows from the row"
        ),
    ])
    func `a changed cell of a duty is named`(
        table: String,
        column: String,
        value: String,
        text: String
    ) throws {
        try store.transact { try $0.put(duty(17), prior: nil) }
        try tamper("UPDATE \(table) SET \(column) = \(value)")
        let found = try inconsistency { transaction in
            guard try transaction.duty(17) != nil else {
                throw StoreError.inconsistent("duty 17 is not there")
            }
        }
        #expect(found == text)
    }

    @Test(arguments: [
        ("job", "lease_uid = NULL", "job 4, column lease_expires_micros: 5 is no rest of a lease"),
        ("job", "lease_uid = -1", "job 4, column lease_uid: -1 is no uid"),
        ("job", "outcome = 'fine'", "job 4, column outcome: \"fine\" is no Outcome"),
        ("job", "input = CAST(x'FF' AS TEXT)", "job 4, column input: Data(1 bytes) is no UTF-8"),
        (
            "tree_head", "frontier = ''",
            "tree_head 1, column frontier: \"\" is no frontier of a tree of 1 leaves"
        ),
        ("tree_head", "size = 0", "tree_head 1, column frontier:"),
        (
            "tree_head", "frontier = substr(frontier, 2) || substr(frontier, 1, 1)",
            "tree_head 1, column frontier: not that of checkpoint 1"
        ),
        (
            "schedule", "pause_by = NULL",
            "schedule s, column pause_note: \"\(Digest.sha256([1]))\" is no rest of a pause"
        ),
        ("schedule", "pause_note = 'x'", "schedule s, column pause_note: \"x\" is no Digest"),
        ("programme", "revision = 'x'", "programme p, column revision: \"x\" is no integer"),
        ("revision", "digest = NULL", "revision p, column digest: NULL is no value"),
        ("passed", "cause = 'mood'", "passed 3, column cause: \"mood\" is no PassCause"),
        ("passed", "first_slot = NULL", "passed 3, column first_slot: NULL is no value"),
        ("job", "origin = 'thrift'", "job 4, column origin: \"thrift\" is no JobOrigin"),
        ("checkpoint", "size = 2", "the tree head of 1 leaves is not the newest checkpoint"),
    ])
    func `a changed cell of another table is named`(
        table: String,
        change: String,
        text: String
    ) throws {
        _ = try ledger()
        var job = Job(
            id: 4,
            queue: "inspect",
            label: nil,
            number: nil,
            attempts: 1,
            readyAt: Instant(microseconds: 1),
            input: "{}"
        )
        job.lease = Lease(session: "s", uid: 1, bootID: "b", expiresAt: 5)
        try store.transact { [job] in
            try $0.put(job)
            try putHistory($0)
        }
        try tamper("UPDATE \(table) SET \(change)")
        let found = try inconsistency { transaction in
            _ = try transaction.programme("p")
            _ = try transaction.schedule("s")
            _ = try transaction.revisions(programme: "p")
            _ = try transaction.passed(after: 0, part: 0, limit: 9)
            _ = try transaction.job(4)
            _ = try transaction.head()
        }
        #expect(found.hasPrefix(text), "\(found)")
    }

    @Test func `the ballast takes room and gives it back`() throws {
        #expect(!store.hasBallast)
        #expect(store.makeBallast(bytes: 1 << 20))
        var status = stat()
        try #require(stat(folder.path + "/ballast", &status) == 0)
        #expect(status.st_size == 1 << 20)
        #expect(status.st_blocks * 512 >= 1 << 20)
        #expect(store.hasBallast)
        #expect(store.makeBallast(bytes: 1 << 20))
        store.freeBallast()
        #expect(!store.hasBallast)
        #expect(!store.makeBallast(bytes: .max / 2))
        #expect(!store.hasBallast)
        #expect(try store.freeBytes() > 0)
        store.close()
    }

    // MARK: Making faults

    private func ledger() throws -> LedgerHead {
        var tree = Tree()
        tree.append(leaf: [1])
        let head = LedgerHead(tree: tree, note: "note")
        try store.transact { transaction in
            try transaction.append(Leaf(seq: 0, bytes: [1], root: 1))
            try transaction.seal(head)
        }
        return head
    }

    /// Changes the stopped store's file as somebody with `sqlite3` would, without any check.
    private func tamper(_ sql: String) throws {
        store.close()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(
            path: folder.path + "/duban.db",
            configuration: configuration
        )
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: "PRAGMA writable_schema = ON")
            try database.execute(sql: "DELETE FROM sqlite_schema WHERE type = 'trigger'")
            try database.execute(
                sql: """
                    UPDATE sqlite_schema
                    SET sql = replace(replace(replace(sql, ') STRICT', ')'),
                        'TEXT NOT NULL', 'TEXT'), 'INTEGER NOT NULL', 'INTEGER')
                    WHERE type = 'table' AND name NOT LIKE 'grdb%'
                    """
            )
        }
        try queue.close()
        let loose = try DatabaseQueue(
            path: folder.path + "/duban.db",
            configuration: configuration
        )
        try loose.inDatabase { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: sql)
        }
        try loose.close()
    }

    /// Reads from the store, opened again; returns what is inconsistent.
    private func inconsistency(_ read: (any Transaction) throws -> Void) throws -> String {
        let store = try SQLiteStore(directory: folder.path)
        defer { store.close() }
        do {
            try store.transact(read)
        } catch StoreError.inconsistent(let text) {
            return text
        }
        return "consistent"
    }

    private func putHistory(_ transaction: any Transaction) throws {
        let (at, digest) = (Instant(microseconds: 1), Digest.sha256([1]))
        let programme = ProgrammeRow(
            id: "p",
            digest: digest,
            plan: "p.yaml",
            adoptedAt: at,
            timekeeping: "",
            revision: 1
        )
        try transaction.put(programme)
        try transaction.put(
            RevisionRow(programme: "p", revision: 1, digest: digest, name: "p", adoptedAt: at)
        )
        var schedule = ScheduleRow(id: "s", programme: "p", item: "i", role: "r", activatedAt: at)
        schedule.pause = Pause(since: at, until: at, by: "p-014", note: digest)
        try transaction.put(schedule)
        let slots = Passed(from: at, through: at, first: "a", last: "a", count: 1, cause: .gap)
        try transaction.put(PassedRow(seq: 3, part: 0, schedule: "s", slots: slots))
    }

    private func duty(_ number: Int64) -> Duty {
        Duty(
            number: number,
            id: "p/item/account@\(number)",
            kind: .account,
            programme: "p",
            item: "item",
            unit: "housing",
            obligor: .head(unit: "housing"),
            person: "p-014",
            root: number,
            openAt: Instant(microseconds: 1),
            dueAt: Instant(microseconds: 2),
            term: .elapsed(.seconds(3_600))
        )
    }

    private func fill(_ transaction: any Transaction) throws {
        for number in Int64(2)...2_001 { try transaction.put(duty(number), prior: nil) }
    }

    /// Makes the disk full, as SQLite sees it, some pages from now; returns the old limit.
    private func limitPages() throws -> Int64 {
        try store.connection { database in
            let old = try Int64.fetchOne(database, sql: "PRAGMA max_page_count") ?? 0
            let used = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(used + 8)")
            return old
        }
    }

    private func setPages(_ count: Int64) throws {
        try store.connection { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
    }
}
