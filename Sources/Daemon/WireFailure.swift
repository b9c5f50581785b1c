import DubanAPI
import Supervision
import Varlink

/// An error reply.
struct WireFailure: Error {
    let name: String
    let parameters: JSON

    init(_ name: String, _ parameters: JSON = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// The caller's uid has no right to the method.
    static let permissionDenied = WireFailure("org.varlink.service.PermissionDenied")
    /// The method streams only.
    static let expectedMore = WireFailure("org.varlink.service.ExpectedMore")

    /// New work is refused; the text says why.
    static func notAccepting(_ interface: String, _ message: String) -> WireFailure {
        WireFailure("\(interface).NotAccepting", ["message": .string(message)])
    }

    static func badArgument(
        _ interface: String,
        _ argument: String,
        _ message: String
    ) -> WireFailure {
        WireFailure(
            "\(interface).BadArgument",
            ["argument": .string(argument), "message": .string(message)]
        )
    }

    /// The core's refusal in the words of the interface.
    init(_ refusal: Refusal, _ interface: String) {
        switch refusal {
        case .noSuchDuty(let number):
            self.init("\(interface).NoSuchDuty", ["number": .int(number)])
        case .wrongState(let number, let state, let message):
            self.init(
                "\(interface).WrongState",
                [
                    "number": .int(number), "state": .string(state.rawValue),
                    "message": .string(message),
                ]
            )
        case .notAllowed(let message):
            self.init("\(interface).NotAllowed", ["message": .string(message)])
        case .badArgument(let argument, let message):
            self = .badArgument(interface, argument, message)
        case .noSuchSchedule(let id):
            self.init("\(interface).NoSuchSchedule", ["schedule": .string(id)])
        case .wrongScheduleState(let id, let message):
            self.init(
                "\(interface).WrongState",
                ["schedule": .string(id), "state": "active", "message": .string(message)]
            )
        case .busy(let message): self = .notAccepting(interface, message)
        }
    }
}
