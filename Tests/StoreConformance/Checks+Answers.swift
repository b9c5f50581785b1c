import CivilTime
import Supervision

extension StoreConformance {
    static let answerChecks: [Check] = [
        .inTransaction("an answer is kept by caller and request id") { transaction in
            try expect(try transaction.answer(uid: 0, requestID: "a"), nil)
            let answers = [
                answer(0, "a", at: 1), answer(0, "b", at: 2), answer(.max, "a", at: 3),
            ]
            for answer in answers { try transaction.put(answer) }
            for answer in answers {
                let found = try transaction.answer(uid: answer.uid, requestID: answer.requestID)
                try expect(found, answer)
            }
            try expect(try transaction.answer(uid: .max, requestID: "b"), nil)
            try expect(try transaction.answer(uid: 0, requestID: "A"), nil)
        },
        .inTransaction("an answer is given once") { transaction in
            try transaction.put(answer(5, "a", at: 1))
            try expectInconsistent("a second answer") {
                try transaction.put(answer(5, "a", at: 2))
            }
            try expect(try transaction.answer(uid: 5, requestID: "a"), answer(5, "a", at: 1))
        },
        .inTransaction("answers before an instant are forgotten") { transaction in
            for at in Int64(1)...5 { try transaction.put(answer(7, "r\(at)", at: at)) }
            try transaction.forgetAnswers(before: Sample.at(3))
            try expect(try kept(transaction, 1...5), [3, 4, 5])
            try transaction.forgetAnswers(before: Sample.at(3))
            try expect(try kept(transaction, 1...5), [3, 4, 5])
            try transaction.put(answer(7, "r1", at: 1))
            try expect(try kept(transaction, 1...5), [1, 3, 4, 5])
        },
        .inTransaction("a thousand answers are forgotten at a time, the oldest first") {
            transaction in
            for at in (Int64(1)...1_005).reversed() {
                try transaction.put(answer(7, "r\(at)", at: at))
            }
            try transaction.forgetAnswers(before: .distantFuture)
            try expect(try kept(transaction, 1...1_005), [1_001, 1_002, 1_003, 1_004, 1_005])
            try transaction.forgetAnswers(before: .distantFuture)
            try expect(try kept(transaction, 1...1_005), [])
        },
    ]

    private static func answer(_ uid: UInt32, _ requestID: String, at: Int64) -> Answer {
        Answer(
            uid: uid,
            requestID: requestID,
            call: Sample.digest("call \(at)"),
            reply: Sample.text,
            at: Sample.at(at)
        )
    }

    private static func kept(
        _ transaction: any Transaction,
        _ range: ClosedRange<Int64>
    ) throws -> [Int64] {
        try range.filter { try transaction.answer(uid: 7, requestID: "r\($0)") != nil }
    }
}
