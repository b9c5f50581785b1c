/// Puts a command line into the order that its parser reads: options of all verbs may stand in
/// front of the verb, `--json` may come without a value, and a calendar expression may begin with a
/// minus, as offsets do.
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
        var own = Array(rest[..<end])
        var offsets: [String] = []
        if own.first == "calendar" {
            offsets = own.filter(isOffset)
            own.removeAll(where: isOffset)
        }
        let arranged = own + moved
        let tail =
            offsets.isEmpty ? Array(rest[end...]) : ["--"] + offsets + rest[end...].dropFirst()
        return arranged.map { $0 == "--json" ? "--json=auto" : $0 } + tail
    }

    /// Whether it is an expression such as `-3wd of month cut-off`.
    private static func isOffset(_ argument: String) -> Bool {
        let bytes = Array(argument.utf8.prefix(2))
        return bytes.count == 2 && bytes[0] == 0x2D && (0x30...0x39).contains(bytes[1])
            && argument.contains(" ")
    }

    private static func isShared(_ argument: String) -> Bool {
        let name = argument.split(separator: "=", maxSplits: 1).first.map { String($0) }
        return flags.contains(argument) || options.contains(name ?? "")
    }
}
