/// The lengths of the periods over which duties are accounted for.
public enum PeriodKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// Days 1 to 10, 11 to 20, and 21 to the end of a month (旬).
    case dekad
    case month
    case quarter
    /// January to June, or July to December.
    case half
    case year

    /// How many there are in a year.
    public var countPerYear: Int {
        switch self {
        case .dekad: 36
        case .month: 12
        case .quarter: 4
        case .half: 2
        case .year: 1
        }
    }
}
