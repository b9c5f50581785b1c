/// Puts a command line into the order that its parser reads: options of all verbs may stand in
/// front of the verb, and `--json` may come without a value.
public enum ArgumentOrder {
    private static let flags: Set<String> = ["-j", "--no-legend", "--no-pager"]
    private static let options: Set<String> = ["--address", "--lang", "--json"]

    /// Returns the arguments with the options of all verbs behind the verb's own.
    public static func arrange(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var moved: [String] = []
        while let next = rest.first, isShared(next) {
            moved.append(next)
            rest = rest.dropFirst()
            if next == "--address" || next == "--lang", let value = rest.first {
                moved.append(value)
                rest = rest.dropFirst()
            }
        }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        let arranged = Array(rest[..<end]) + moved
        return arranged.map { $0 == "--json" ? "--json=auto" : $0 } + Array(rest[end...])
    }

    private static func isShared(_ argument: String) -> Bool {
        let name = argument.split(separator: "=", maxSplits: 1).first.map { String($0) }
        return flags.contains(argument) || options.contains(name ?? "")
    }
}
