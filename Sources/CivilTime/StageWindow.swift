/// The days in which a stage has to be worked.
public struct StageWindow: Hashable, Sendable {
    /// The stage.
    public let name: String
    /// Its first day.
    public let start: CivilDate
    /// Its last day.
    public let end: CivilDate

    /// Creates a window.
    public init(name: String, start: CivilDate, end: CivilDate) {
        self.name = name
        self.start = start
        self.end = end
    }
}
