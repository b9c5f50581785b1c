import ArgumentParser

/// The address of the daemon: `unix:PATH`.
struct WorkerAddress: ExpressibleByArgument {
    let path: String

    var defaultValueDescription: String { "unix:\(path)" }

    init(path: String) {
        self.path = path
    }

    init?(argument: String) {
        guard argument.hasPrefix("unix:/") else { return nil }
        path = String(argument.dropFirst("unix:".count))
    }
}

/// Names separated by commas, each of the form that the protocol allows.
struct NameList: ExpressibleByArgument {
    let names: [String]

    var defaultValueDescription: String { names.isEmpty ? "none" : names.joined(separator: ",") }

    init(names: [String]) {
        self.names = names
    }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.allSatisfy(NameList.isName) else { return nil }
        names = parts.map(String.init)
    }

    /// Returns whether a text has the form `[a-z0-9._-]{1,64}`.
    private static func isName(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
