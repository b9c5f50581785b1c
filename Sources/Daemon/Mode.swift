/// Whether the daemon takes everything.
enum Mode: Hashable {
    /// It does.
    case running
    /// The disk is full: results and acts are taken, new work is refused.
    case diskFull
    /// Not even results can be taken.
    case exhausted
    /// The ledger did not verify: nothing is changed any more.
    case readOnly(String)

    /// Whether acts, results and what falls due change rows.
    var takesResults: Bool { self == .running || self == .diskFull }

    /// The word of the status.
    var word: String {
        switch self {
        case .running: "running"
        case .diskFull, .exhausted: "disk-full"
        case .readOnly: "read-only"
        }
    }

    /// Why it is not running.
    var trouble: String? {
        switch self {
        case .running: nil
        case .diskFull: "the disk is full: new work is refused until there is space again"
        case .exhausted: "the disk is full to the last byte: nothing is taken until there is space"
        case .readOnly(let text): "the ledger did not verify, nothing is changed: \(text)"
        }
    }
}
