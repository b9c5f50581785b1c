import GRDB
import Glibc
import Ledger
import Supervision
import Testing

@testable import SQLiteStore

@Suite struct SQLiteStoreOpeningTests {
    @Test(arguments: [
        ("synchronous", "2"), ("journal_mode", "wal"), ("locking_mode", "exclusive"),
        ("trusted_schema", "0"), ("cell_size_check", "1"), ("foreign_keys", "1"),
        ("mmap_size", "0"),
    ])
    func `a setting reads back as it must be`(pragma: String, value: String) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        let found = try store.connection { database in
            try DatabaseValue.fetchOne(database, sql: "PRAGMA \(pragma)")
        }
        #expect(found.flatMap(String.fromDatabaseValue) ?? found?.description == value)
        store.close()
    }

    @Test func `the files are their owner's alone, and there is no shared memory`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        try store.transact { try $0.put(setting: "origin", value: "a") }
        #expect(store.makeBallast(bytes: 1 << 16))
        for name in ["duban.db", "duban.db-wal", "lock", "ballast"] {
            var status = stat()
            try #require(stat(folder.path + "/" + name, &status) == 0, "\(name)")
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        #expect(access(folder.path + "/duban.db-shm", F_OK) != 0)
        store.close()
    }

    @Test func `a second opener is refused with the first one's pid`() throws {
        let folder = try TemporaryFolder()
        let first = try SQLiteStore(directory: folder.path)
        let expected = "another duband (pid \(getpid())) works on \(folder.path)"
        #expect(throws: StoreError.unusable(expected)) {
            try SQLiteStore(directory: folder.path)
        }
        try first.transact { try $0.put(setting: "origin", value: "a") }
        first.close()
        let second = try SQLiteStore(directory: folder.path)
        #expect(try second.transact { try $0.setting("origin") } == "a")
        second.close()
    }

    @Test func `another program that has the file open is named as the reason`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        store.close()
        let other = try DatabaseQueue(path: folder.path + "/duban.db")
        try other.inDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        try other.write { try $0.execute(sql: "INSERT INTO setting VALUES ('a', 'b')") }
        #expect(try refusal(folder.path).contains("another process has it open"))
        try other.close()
    }

    @Test func `a closed store refuses every call`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        store.close()
        #expect(throws: StoreError.unusable("the store is closed")) { try store.transact { _ in } }
    }

    @Test func `a folder that is missing, open to others, or none is refused`() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/missing"
        #expect(try refusal(missing).contains("make it with `install -d -m 0700 \(missing)`"))
        try #require(chmod(folder.path, 0o750) == 0)
        #expect(
            try refusal(folder.path)
                == "the state folder \(folder.path) is open to others (mode 0750): "
                + "`chmod 0700 \(folder.path)`"
        )
        try #require(chmod(folder.path, 0o700) == 0)
        close(creat(folder.path + "/lock", 0o600))
        #expect(try refusal(folder.path + "/lock").hasSuffix("is not a folder"))
    }

    @Test func `a folder without the right to write is refused in one line`() throws {
        let folder = try TemporaryFolder()
        let text = try withoutRight(to: folder) { try refusal(folder.path) }
        #expect(text.hasPrefix("the state folder \(folder.path) is not writable for uid"))
        #expect(text.hasSuffix("Permission denied"))
        #expect(!text.contains("\n"))
    }

    @Test func `a file that is no store, and one of a newer duban, are refused`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/duban.db"
        let descriptor = open(file, O_RDWR | O_CREAT, 0o600)
        let garbage = [UInt8](repeating: 0x41, count: 8_192)
        try #require(write(descriptor, garbage, garbage.count) == garbage.count)
        close(descriptor)
        #expect(try refusal(folder.path).contains("no intact SQLite file"))
        unlink(file)
        try SQLiteStore(directory: folder.path).close()
        let queue = try DatabaseQueue(path: file)
        try queue.write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999_later')")
        }
        try queue.close()
        #expect(try refusal(folder.path).contains("written by a newer duban"))
    }

    @Test func `a store that is opened again has everything, with a folded journal`() throws {
        let folder = try TemporaryFolder()
        var tree = Tree()
        tree.append(leaf: [1, 2, 3])
        let head = LedgerHead(tree: tree, note: "note")
        var store = try SQLiteStore(directory: folder.path)
        try store.transact { transaction in
            try transaction.append(Leaf(seq: 0, bytes: [1, 2, 3], root: 4))
            try transaction.seal(head)
        }
        // What a killed process leaves behind: the file and the journal as they are.
        let copy = try TemporaryFolder()
        for name in ["duban.db", "duban.db-wal"] { try copyFile(name, from: folder, to: copy) }
        store.close()
        for folder in [folder, copy] {
            store = try SQLiteStore(directory: folder.path)
            var status = stat()
            #expect(stat(folder.path + "/duban.db-wal", &status) != 0 || status.st_size == 0)
            #expect(try store.transact { try $0.head() } == head)
            #expect(try store.transact { try $0.leaves(root: 4, limit: 9).count } == 1)
            store.close()
        }
    }

    /// Runs the body while this thread may not write into the folder.
    private func withoutRight<T>(to folder: TemporaryFolder, _ body: () throws -> T) throws -> T {
        guard geteuid() == 0 else {
            try #require(chmod(folder.path, 0o500) == 0)
            defer { chmod(folder.path, 0o700) }
            return try body()
        }
        // Root may write anywhere, so its thread takes another identity for files: the kernel's,
        // which the module map of Glibc leaves out.
        typealias SetUID = @convention(c) (uid_t) -> Int32
        let symbol = try #require(dlsym(nil, "setfsuid"))
        let setfsuid = unsafeBitCast(symbol, to: SetUID.self)
        try #require(chmod(folder.path, 0o700) == 0)
        try #require(chown(folder.path, 65_534, 65_534) == 0)
        try #require(chmod(folder.path, 0o500) == 0)
        _ = setfsuid(65_534)
        defer {
            _ = setfsuid(0)
            chmod(folder.path, 0o700)
        }
        return try body()
    }

    /// Opens a store, which must be refused; returns the one line.
    private func refusal(_ directory: String) throws -> String {
        do {
            try SQLiteStore(directory: directory).close()
        } catch StoreError.unusable(let text) {
            return text
        }
        return "opened"
    }

    private func copyFile(_ name: String, from: TemporaryFolder, to: TemporaryFolder) throws {
        let source = open(from.path + "/" + name, O_RDONLY)
        let target = open(to.path + "/" + name, O_WRONLY | O_CREAT, 0o600)
        defer {
            close(source)
            close(target)
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 22)
        let count = read(source, &buffer, buffer.count)
        try #require(count >= 0 && count < buffer.count)
        try #require(write(target, buffer, count) == count)
    }
}
