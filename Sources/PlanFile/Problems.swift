/// Collects the mistakes of one file, so that all of them are named in one go.
final class Problems {
    /// A file with more mistakes than this is not read by anybody to the end.
    private static let limit = 500

    private let file: String
    private var found: Set<PlanProblem> = []
    /// Mistakes of files that this one refers to, already with their own place.
    private var elsewhere: [PlanProblem] = []

    init(file: String) {
        self.file = file
    }

    /// Whether nothing is wrong so far.
    var isEmpty: Bool { found.isEmpty && elsewhere.isEmpty }

    /// Notes a mistake.
    func add(_ spot: Spot, _ message: String) {
        found.insert(
            PlanProblem(file: file, line: spot.line, column: spot.column, message: message)
        )
    }

    /// Notes the mistakes of another file.
    func add(_ problems: PlanProblems) {
        elsewhere += problems.problems
    }

    /// The error with all mistakes in the order of the file, nil if there is none.
    var error: PlanProblems? {
        guard !isEmpty else { return nil }
        var sorted = found.sorted {
            ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message)
        }
        if let last = sorted.last, sorted.count > Problems.limit {
            let message = "\(sorted.count - Problems.limit) further problems are not listed"
            sorted.removeSubrange(Problems.limit...)
            sorted.append(
                PlanProblem(file: file, line: last.line, column: last.column, message: message)
            )
        }
        return PlanProblems(problems: sorted + elsewhere)
    }
}
