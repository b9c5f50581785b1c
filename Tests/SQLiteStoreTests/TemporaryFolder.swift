import Glibc

/// A private folder that goes away with its owner.
final class TemporaryFolder {
    let path: String

    init() throws {
        guard let name = strdup("/tmp/duban-store-XXXXXX") else { throw Failure(code: errno) }
        defer { free(name) }
        guard mkdtemp(name) != nil else { throw Failure(code: errno) }
        path = String(cString: name)
    }

    struct Failure: Error {
        let code: Int32
    }

    deinit {
        for name in ["duban.db", "duban.db-wal", "duban.db-shm", "lock", "ballast"] {
            unlink(path + "/" + name)
        }
        rmdir(path)
    }
}
