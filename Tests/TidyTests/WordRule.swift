/// A word that code must not hold, and what to write instead.
struct WordRule: Sendable {
    let word: String
    let replacement: String
    let applies: @Sendable (SourceFile) -> Bool

    init(
        _ word: String,
        _ replacement: String,
        applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true }
    ) {
        self.word = word
        self.replacement = replacement
        self.applies = applies
    }

    /// Returns the places at which a file breaks the rule.
    func findings(in file: SourceFile) -> [Finding] {
        guard applies(file), file.text.contains(word) else { return [] }
        return SwiftCode.lines(of: file.text).enumerated().compactMap { index, line in
            guard Self.holds(line, word: word) else { return nil }
            let message = "`\(word)` is banned here: \(replacement)"
            return Finding(path: file.path, line: index + 1, message: message)
        }
    }

    /// Says whether a line of code holds a word that is neither the tail or head of a longer name
    /// nor the name of a function of our own.
    static func holds(_ line: String, word: String) -> Bool {
        line.ranges(of: word).contains { range in
            let head = line[..<range.lowerBound]
            if word == "print(", isOwnPrint(head: head, tail: line[range.upperBound...]) {
                return false
            }
            let before = head.last
            let after = line[range.upperBound...].first
            let startsInName = word.first.map(isName) == true && before.map(isName) == true
            let endsInName = word.last.map(isName) == true && after.map(isName) == true
            return !startsInName && !endsInName
        }
    }

    /// Says whether a `print(` is a function of our own: a member, a declaration, or labelled.
    private static func isOwnPrint(head: Substring, tail: Substring) -> Bool {
        head.hasSuffix("func ") || head.hasSuffix(".")
            || tail.prefixMatch(of: #/[a-z][A-Za-z]*:/#) != nil
    }

    private static func isName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}

extension WordRule {
    /// The targets whose code is pure: no clock, no randomness, no I/O of its own.
    static let pureTargets: Set<String> = [
        "CivilTime", "Ledger", "Supervision", "DubanAPI", "Messages",
    ]

    private static let inSources: @Sendable (SourceFile) -> Bool = { !$0.isTest }
    private static let inPureTargets: @Sendable (SourceFile) -> Bool = { file in
        file.target.map(pureTargets.contains) == true
    }
    private static let inDecidingCode: @Sendable (SourceFile) -> Bool = { file in
        file.target == "Supervision" && !file.path.hasSuffix("/Store.swift")
            && !file.path.contains("/MemoryStore")
    }

    static let all: [WordRule] = [
        WordRule("print(", "log it, or return it to who called") { file in
            !file.isTest && file.target != "dubanctl"
        },
        WordRule("try?", "handle the error, or say in a catch why it does not matter") { file in
            !file.isTest
        },
        WordRule("Task.sleep", "wait for what must happen; the engine's timer is a timerfd"),
        WordRule("Task.detached", "use a child task, or an object that owns the task"),
        WordRule("DispatchQueue", "leave threads to the stores") { file in
            file.target?.hasSuffix("Store") != true
        },
        WordRule("@unchecked Sendable", "make it a value, or guard it with a Mutex"),
        WordRule("nonisolated(unsafe)", "guard it with a Mutex"),
        WordRule("fatalError(", "throw, or write a precondition with a sentence"),
        WordRule("try!", "handle the error", applies: inSources),
        WordRule("FIXME", "mend it, or open an issue"),
        WordRule("XCTAssert", "use #expect of Swift Testing"),
        WordRule("import XCTest", "use Swift Testing"),
        WordRule("JSONEncoder", "use Varlink.JSONCoder, which is strict and canonical") { file in
            !file.isTest
        },
        WordRule("JSONDecoder", "use Varlink.JSONCoder, which is strict and canonical") { file in
            !file.isTest
        },
        WordRule("Foundation.Process", "use Subprocess, in workers only"),
        WordRule("Date(", "take an Instant as a parameter", applies: inPureTargets),
        WordRule("Date.now", "take an Instant as a parameter", applies: inPureTargets),
        WordRule("ContinuousClock", "take an Instant as a parameter", applies: inPureTargets),
        WordRule("SuspendingClock", "take an Instant as a parameter", applies: inPureTargets),
        WordRule("UUID(", "take the identity as a parameter", applies: inPureTargets),
        WordRule(".random(", "take a generator as a parameter", applies: inPureTargets),
        WordRule("SystemRandomNumberGenerator", "take a generator", applies: inPureTargets),
        WordRule("async", "deciding is synchronous", applies: inDecidingCode),
        WordRule("await", "deciding is synchronous", applies: inDecidingCode),
        WordRule("Task", "deciding starts nothing", applies: inDecidingCode),
    ]

    /// Returns the lines of a test file that define a function named like a test without `@Test`.
    static func unmarkedTests(in file: SourceFile) -> [Finding] {
        guard file.isTest else { return [] }
        let lines = SwiftCode.lines(of: file.text)
        return lines.indices.compactMap { index in
            let line = lines[index]
            guard line.contains("func test"), !line.contains("@Test") else { return nil }
            let above = index > 0 ? lines[index - 1] : ""
            guard !above.contains("@Test") else { return nil }
            let message =
                "a function named like a test: mark it @Test, or name it after what it does"
            return Finding(path: file.path, line: index + 1, message: message)
        }
    }
}
