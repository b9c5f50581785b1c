public import CivilTime

/// What becomes of slots that were not opened in time, after a downtime or a held clock.
public enum CatchUp: Hashable, Sendable {
    /// Each of them runs, oldest first.
    case all
    /// The newest runs, the others are missed.
    case latest
    /// None runs.
    case none
    /// Those of the last while run, older ones are missed.
    case window(Term)
}

extension CatchUp: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `all`, `latest`, `none` or `window=2d`, nil for any other text.
    public init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "latest": self = .latest
        case "none": self = .none
        default:
            guard text.hasPrefix("window="), let term = Term(String(text.dropFirst(7))) else {
                return nil
            }
            self = .window(term)
        }
    }

    /// The word that a plan uses.
    public var description: String {
        switch self {
        case .all: "all"
        case .latest: "latest"
        case .none: "none"
        case .window(let term): "window=\(term)"
        }
    }
}

/// What becomes of a slot that comes while the run before has not ended.
public enum Overlap: String, CaseIterable, Codable, Hashable, Sendable {
    /// It is skipped.
    case skip
    /// It waits; a second one that comes while one waits is skipped.
    case queueOne = "queue-one"
    /// It waits, behind all others that wait.
    case queueAll = "queue-all"
    /// The run before is called off, and the slot runs when that run has ended.
    case cancel
    /// The run before is cut off, and the slot runs at once.
    case terminate
    /// Both run.
    case allow
}

/// How the slots of a schedule are treated that machines work off.
public struct Policies: Hashable, Sendable {
    /// After a downtime.
    public var catchUp: CatchUp
    /// While the run before goes on.
    public var overlap: Overlap
    /// The most by which a run begins after its slot; which part of it follows from the slot.
    public var jitter: Span

    /// A plan's default: the newest missed slot runs, one run at a time, no jitter.
    public static let standard = Policies(catchUp: .latest, overlap: .skip, jitter: .zero)

    /// Makes policies.
    public init(catchUp: CatchUp, overlap: Overlap, jitter: Span) {
        self.catchUp = catchUp
        self.overlap = overlap
        self.jitter = jitter
    }
}

/// How fast a backlog of machines' work is worked off after a downtime.
public struct Pacing: Hashable, Sendable {
    /// How many runs become ready in a minute.
    public var perMinute: Int
    /// How many are in workers' hands at once.
    public var atOnce: Int

    /// Ten a second, 64 at once.
    public static let standard = Pacing(perMinute: 600, atOnce: 64)

    /// Makes a pacing; both numbers are at least 1.
    public init(perMinute: Int, atOnce: Int) {
        self.perMinute = max(1, perMinute)
        self.atOnce = max(1, atOnce)
    }

    /// The time from one run to the next.
    public var interval: Span { Span(microseconds: 60_000_000 / Int64(perMinute)) }
}
