import CivilTime
import Ledger
import SQLiteStore
import Supervision
import Testing

@Suite struct SQLiteStoreSpeedTests {
    @Test func `the speed of turns is printed`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        let turns: Int64 = 200
        let clock = ContinuousClock()
        let elapsed = try clock.measure {
            for turn in 0..<turns {
                try store.transact { transaction in
                    for number in (turn * 10 + 1)...(turn * 10 + 10) {
                        try transaction.put(duty(number), prior: nil)
                    }
                    let bytes = [UInt8](repeating: 1, count: 400)
                    try transaction.append(Leaf(seq: turn, bytes: bytes, root: turn))
                }
            }
        }
        let perSecond = Int(Double(turns) / (elapsed / .seconds(1)))
        print("SQLiteStore: \(perSecond) turns/s of 10 duties and a leaf")
        #expect(try store.transact { try $0.lastDuty() } == turns * 10)
        store.close()
    }

    private func duty(_ number: Int64) -> Duty {
        var duty = Duty(
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
            term: .workdays(2)
        )
        duty.escalateAt = Instant(microseconds: 2)
        return duty
    }
}
