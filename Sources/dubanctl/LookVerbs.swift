import ArgumentParser
import DubanAPI
import Messages
import Varlink

/// `dubanctl status`.
struct StatusVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the daemon is and how things stand."
    )

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = ControlAPI.GetStatusCall()
        let answer = try await session.ask(
            ControlAPI.name + ".GetStatus",
            call,
            ControlAPI.GetStatusReply.self
        )
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: [answer.reply.zone ?? "UTC"])
        try session.console.show(
            StatusText.lines(answer.reply, place: session.path, rendering)
        )
    }
}

/// `dubanctl todo`.
struct TodoVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "todo",
        abstract: "Show what you owe, soonest first, with the command that settles it."
    )

    @Option(help: "Show what this person owes.")
    var person: String?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.TodoCall(person: person)
        let answer = try await session.ask(
            DutyAPI.name + ".Todo",
            call,
            DutyAPI.TodoReply.self
        )
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: answer.reply.duties.map(\.zone))
        try session.console.show(DutyText.todo(answer.reply, rendering))
    }
}

/// `dubanctl show`.
struct ShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a duty in full."
    )

    @Argument(help: "The duty.")
    var number: NumberArgument

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.GetCall(number: number.value)
        let answer = try await session.ask(DutyAPI.name + ".Get", call, DutyAPI.GetReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let duty = answer.reply.duty
        try session.console.show(DutyDetail.lines(duty, session.rendering(zones: [duty.zone])))
    }
}

/// `dubanctl chain`.
struct ChainVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "chain",
        abstract: "Show a duty, the duties about it, and who stands above its obligor."
    )

    @Argument(help: "The duty.")
    var number: NumberArgument

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = DutyAPI.ChainCall(number: number.value)
        let answer = try await session.ask(
            DutyAPI.name + ".Chain",
            call,
            DutyAPI.ChainReply.self
        )
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: [answer.reply.duty.zone])
        try session.console.show(DutyDetail.chain(answer.reply, rendering))
    }
}

/// `dubanctl workers`.
struct WorkersVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "workers",
        abstract: "List the attached workers."
    )

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = ControlAPI.ListWorkersCall()
        let answer = try await session.ask(
            ControlAPI.name + ".ListWorkers",
            call,
            ControlAPI.ListWorkersReply.self
        )
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: [])
        let legend = session.console.hasLegend
        try session.console.show(JobText.workers(answer.reply.workers, legend: legend, rendering))
    }
}
