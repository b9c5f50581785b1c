import SQLiteStore
import StoreConformance
import Testing

@Suite struct SQLiteStoreConformanceTests {
    @Test(arguments: StoreConformance.checks)
    func `the SQLite store keeps the promise:`(check: StoreConformance.Check) throws {
        let folder = try TemporaryFolder()
        try StoreConformance { try SQLiteStore(directory: folder.path) }.run(check)
    }
}
