import CivilTime

/// One expression and the zone that it names, ready to be stepped through.
struct Walk {
    private let expression: CalendarExpression
    private let keeper: Timekeeper

    init(_ text: String) throws(BenchError) {
        do throws(CalendarExpressionError) {
            expression = try CalendarExpression(text)
        } catch {
            throw BenchError(message: "\(text): \(error.message)")
        }
        var zones: [String: Zone] = [:]
        if let name = expression.zoneName, name != "UTC" {
            zones[name] = try Machine.zone(name)
        }
        keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday, zones: zones)
    }

    /// Takes steps, from the start again where nothing is left, and returns the CPU time of them all:
    /// asking for the next slot after the last, and going through a sequence of slots.
    func rate(from start: Instant, steps: Int) throws(BenchError) -> String {
        // The first step may have to make ready what later ones use.
        guard expression.next(after: start, in: keeper) != nil else {
            throw BenchError(message: "\(expression) has no elapse after \(start)")
        }
        var asked = start
        let asking = Machine.cpu {
            for _ in 0..<steps {
                asked = expression.next(after: asked, in: keeper)?.instant ?? start
            }
        }
        var gone = start
        let going = Machine.cpu {
            var slots = expression.slots(after: start, in: keeper)
            for _ in 0..<steps {
                if let slot = slots.next() {
                    gone = slot.instant
                } else {
                    slots = expression.slots(after: start, in: keeper)
                    gone = start
                }
            }
        }
        guard asked == gone else {
            throw BenchError(message: "\(expression): next and slots come to different instants")
        }
        return "{\"steps\": \(steps), \"next\": \(asking), \"slots\": \(going)}"
    }

    /// Returns the first elapses, in seconds since 1970.
    func list(from start: Instant, steps: Int) -> [Int64] {
        var instant = start
        var found: [Int64] = []
        while found.count < steps, let slot = expression.next(after: instant, in: keeper) {
            instant = slot.instant
            found.append(instant.microseconds / 1_000_000)
        }
        return found
    }
}
