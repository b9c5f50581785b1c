/// What each target may import: the table of the design, section 4.
enum ImportRule {
    private static let nio: Set<String> = ["NIOCore", "NIOPosix"]
    private static let pure: Set<String> = ["CivilTime", "Ledger", "Supervision"]
    private static let core: Set<String> = pure.union(["DubanAPI", "Varlink", "Messages"])
    /// Parts of the standard library and the C library for targets that touch the system.
    private static let system: Set<String> = ["Glibc", "Synchronization"]

    /// The modules that each target may import; the standard library itself is free.
    static let table: [String: Set<String>] = [
        "CivilTime": [],
        "CalendarBench": ["CivilTime", "Glibc"],
        "Ledger": ["Crypto"],
        "Supervision": ["CivilTime", "Ledger"],
        "Varlink": [],
        "DubanAPI": ["Varlink"],
        "PlanFile": ["CivilTime", "Supervision", "Yams", "Glibc"],
        "Messages": ["CivilTime", "DubanAPI", "Supervision"],
        "SQLiteStore": pure.union(system).union(["Foundation", "GRDB"]),  // GRDB speaks Data.
        "Systemd": system.union(["CSystemd", "Logging"]),
        "Daemon": core.union(nio).union(system).union([
            "CLinux", "Foundation", "Logging", "PlanFile", "SQLiteStore", "Systemd", "UnixSignals",
        ]),
        "duband": ["ArgumentParser", "Daemon"],
        "dubanctl": core.union(nio).union(system).union(["ArgumentParser", "PlanFile"]),
        "DubanWorkerKit": nio.union(system).union(["DubanAPI", "Varlink"]),
        "DubanWorker": nio.union(system).union([
            "ArgumentParser", "CivilTime", "DubanAPI", "DubanWorkerKit", "Messages", "Subprocess",
            "SystemPackage", "UnixSignals", "Varlink",
        ]),
    ]

    /// The folder of Varlink that touches sockets.
    private static let glue = "Sources/Varlink/NIO/"

    /// Returns the imports of a file that its target may not have.
    static func findings(in file: SourceFile) -> [Finding] {
        guard let target = file.target, file.isSwift else { return [] }
        guard var allowed = table[target] else {
            let message = "target \(target) has no row in the table of imports: give it one"
            return [Finding(path: file.path, line: 1, message: message)]
        }
        if file.path.hasPrefix(glue) {
            allowed.formUnion(nio.union(system))
        }
        return imports(of: file.text).compactMap { line, module in
            guard !allowed.contains(module) else { return nil }
            let names = allowed.sorted().joined(separator: ", ")
            let message = "\(target) may not import \(module), only: \(names.isEmpty ? "-" : names)"
            return Finding(path: file.path, line: line, message: message)
        }
    }

    /// Returns the modules that a source imports, with their lines.
    static func imports(of text: String) -> [(line: Int, module: String)] {
        let kinds: Set<String> = [
            "struct", "class", "enum", "protocol", "func", "let", "var", "typealias",
        ]
        return SwiftCode.lines(of: text).enumerated().compactMap { index, line in
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let keyword = words.firstIndex(of: "import"), keyword <= 3 else { return nil }
            guard let name = words.dropFirst(keyword + 1).first(where: { !kinds.contains($0) })
            else { return nil }
            return (index + 1, String(name.prefix { $0 != "." }))
        }
    }
}
