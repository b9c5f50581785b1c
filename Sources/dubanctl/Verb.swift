import ArgumentParser
import Messages

/// A verb: its arguments, and what it does with a session.
protocol Verb: AsyncParsableCommand {
    var options: GlobalOptions { get }

    /// Does what the verb says.
    func execute(_ session: Session) async throws
}

extension Verb {
    func run() async throws {
        try await Session.run(options) { try await execute($0) }
    }
}

/// The number of a duty on the command line, `D-0137` or `137`.
struct NumberArgument: ExpressibleByArgument {
    let value: Int64

    init?(argument: String) {
        guard let number = DutyNumber.parse(argument) else {
            return nil
        }
        value = number
    }
}

/// One value of an enumeration of the interfaces on the command line.
struct Choice<Value>: ExpressibleByArgument
where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
    let value: Value

    init?(argument: String) {
        guard let value = Value(rawValue: argument) else {
            return nil
        }
        self.value = value
    }

    static var allValueStrings: [String] {
        Value.allCases.map(\.rawValue)
    }
}

/// The id of a request, under which the daemon keeps its answer.
enum RequestID {
    /// Returns an id that nobody used before.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let parts = [random.next(), random.next()]
        return parts.map { String($0, radix: 16) }.joined(separator: "-")
    }
}
