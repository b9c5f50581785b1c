import CivilTime
import Glibc

/// Measures CivilTime inside one process, for bench/calendar: prints one JSON object.
///
///     CalendarBench rate SECOND STEPS EXPRESSION…     steps from a second since 1970, one after another
///     CalendarBench crowd SECOND COUNT                that many schedules at once
///     CalendarBench list SECOND STEPS EXPRESSION…     the elapses themselves, to compare with others
@main struct CalendarBench {
    static func main() {
        do throws(BenchError) {
            puts(try run(Array(CommandLine.arguments.dropFirst())))
        } catch {
            puts("{\"error\": \"\(error.message)\"}")
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) throws(BenchError) -> String {
        guard arguments.count >= 3, let second = Int64(arguments[1]), let count = Int(arguments[2])
        else { throw BenchError(message: "expected rate, crowd or list, SECOND, a number") }
        let start = Instant(seconds: second)
        let texts = arguments[3...]
        switch arguments[0] {
        case "rate":
            return try object("rates", texts) { text throws(BenchError) in
                try Walk(text).rate(from: start, steps: count)
            }
        case "list":
            return try object("lists", texts) { text throws(BenchError) in
                "\(try Walk(text).list(from: start, steps: count))"
            }
        case "crowd":
            return try Crowd.measure(count: count, at: start)
        default:
            throw BenchError(message: "unknown measurement “\(arguments[0])”")
        }
    }

    private static func object(
        _ name: String,
        _ texts: ArraySlice<String>,
        _ value: (String) throws(BenchError) -> String
    ) throws(BenchError) -> String {
        var values: [String] = []
        for text in texts {
            values.append(try value(text))
        }
        return "{\"\(name)\": [\(values.joined(separator: ", "))]}"
    }
}

/// Why a measurement was not made.
struct BenchError: Error {
    let message: String
}
