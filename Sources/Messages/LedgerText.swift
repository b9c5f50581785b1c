public import DubanAPI

/// The verdict of a verification, and the checkpoint, on a terminal.
public enum LedgerText {
    /// What a verification found, online or offline.
    public struct Verdict: Hashable, Sendable {
        /// The origin of the ledger, if it is known.
        public let origin: String?
        /// How many records were checked.
        public let size: Int64
        /// The root in hex.
        public let root: String
        /// How many problems there are.
        public let problems: Int
        /// Whether a virtual clock wrote the ledger.
        public let isSimulation: Bool
        /// Whether the key came from the reader.
        public let isPinned: Bool

        /// Makes a verdict; an origin that names a simulation makes it one.
        public init(
            origin: String?,
            size: Int64,
            root: String,
            problems: Int,
            isSimulation: Bool,
            isPinned: Bool
        ) {
            self.origin = origin
            self.size = size
            self.root = root
            self.problems = problems
            self.isSimulation = isSimulation || (origin?.contains("simulation") ?? false)
            self.isPinned = isPinned
        }
    }

    /// Returns the verdict of the daemon's own verification.
    public static func online(_ verdict: Verdict, _ language: Language) -> [String] {
        lines(verdict, language)
    }

    /// Returns the verdict on an export, and on whose word its key rests.
    public static func offline(_ verdict: Verdict, _ language: Language) -> [String] {
        guard verdict.problems == 0, !verdict.isPinned else {
            return lines(verdict, language)
        }
        let note =
            language == .zh
            ? "密钥取自导出文件本身；请用 --key 指定可信密钥"
            : "the key is the export's own word; give the one you trust with --key"
        return lines(verdict, language) + [note]
    }

    private static func lines(_ verdict: Verdict, _ language: Language) -> [String] {
        let isChinese = language == .zh
        var lines: [String] = []
        if verdict.isSimulation {
            lines.append(isChinese ? "SIMULATION 模拟：非真实记录" : "SIMULATION: no real ledger")
        }
        let origin = verdict.origin.map { Escape.line($0) } ?? "?"
        if verdict.problems > 0 {
            let count = verdict.problems
            lines.append(
                isChinese
                    ? "存证日志 \(origin)：校验未通过，发现 \(count) 处问题"
                    : "ledger \(origin): NOT VERIFIED, \(count) problem\(count == 1 ? "" : "s")"
            )
            return lines
        }
        lines.append(
            isChinese
                ? "存证日志 \(origin)：\(verdict.size) 条记录校验通过"
                : "ledger \(origin): \(verdict.size) records verified"
        )
        return lines + [(isChinese ? "根：" : "root: ") + verdict.root]
    }

    /// Returns the signed note, then the key that verifies it.
    public static func checkpoint(
        _ reply: RecordAPI.CheckpointReply,
        _ language: Language
    ) -> [String] {
        let note = Escape.lines(reply.note)
        let label = language == .zh ? "校验公钥：" : "verifier key: "
        return note.last == "" ? note + [label + reply.key] : note + ["", label + reply.key]
    }
}
