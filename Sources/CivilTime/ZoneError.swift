/// Why the bytes of a zone file were refused.
public enum ZoneError: Error, Equatable, CustomStringConvertible {
    case invalidName(String)
    case notTZif(zone: String)
    case versionOne(zone: String)
    case truncated(zone: String)
    case leapSeconds(zone: String)
    case malformed(zone: String, reason: String)
    case footer(zone: String, text: String)

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .invalidName(let name):
            "“\(name)” is no zone name; write one of the tz database, such as Asia/Shanghai"
        case .notTZif(let zone):
            "zone \(zone): the file is not a TZif file"
        case .versionOne(let zone):
            "zone \(zone): the file is TZif version 1; version 2 or later is needed"
        case .truncated(let zone):
            "zone \(zone): the file ends too early"
        case .leapSeconds(let zone):
            "zone \(zone): the file counts leap seconds; use the zone outside of the tree right/"
        case .malformed(let zone, let reason):
            "zone \(zone): \(reason)"
        case .footer(let zone, let text):
            "zone \(zone): the rule “\(text)” at the end of the file cannot be read"
        }
    }
}
