import StoreConformance
import Supervision
import Testing

@Suite struct MemoryStoreTests {
    @Test(arguments: StoreConformance.checks)
    func `the memory store keeps the promise:`(check: StoreConformance.Check) throws {
        try StoreConformance { MemoryStore() }.run(check)
    }

    @Test func `two stores share nothing`() throws {
        let store = MemoryStore()
        try store.transact { try $0.put(setting: "origin", value: "a") }
        #expect(try MemoryStore().transact { try $0.setting("origin") } == nil)
    }
}
