import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import Supervision
import Varlink

/// `dubanctl plan diff`.
struct PlanDiffVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show which slots a changed plan adds, takes away and moves."
    )

    @Argument(help: "The plan file.")
    var file: String

    @Option(help: ArgumentHelp("Look from here on (default: now).", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Look until before this (default: 90 days on).", valueName: "time"))
    var until: String?

    @Option(name: [.customShort("n"), .customLong("lines")], help: "Show so many slots a list.")
    var lines: Int = 10

    @OptionGroup var files: PlanFileOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1_000).contains(lines) else {
            throw ValidationError("-n takes 1 to 1000.")
        }
    }

    func execute(_ session: Session) async throws {
        let reply = try await online(session)
        guard session.console.layout == nil else {
            return try session.console.show(JSONCoder.encode(reply))
        }
        let rendering = session.rendering(zones: [reply.zone])
        let legend = session.console.hasLegend
        try session.console.show(PlanDiffText.lines(reply, legend: legend, rendering))
    }

    /// Asks for all pages and joins them.
    private func online(_ session: Session) async throws -> PlanAPI.DiffReply {
        let upload = try PlanUpload(file, files)
        let zone = upload.plan.timekeeper.zone
        let start = try from.map { try TimeArgument.read($0, zone: zone) }
        let end = try until.map { try TimeArgument.read($0, zone: zone) }
        try await upload.send(session)
        var call = PlanAPI.DiffCall(
            digest: upload.digest,
            name: upload.name,
            fromMicros: start?.microseconds,
            untilMicros: end?.microseconds,
            limit: Int64(lines)
        )
        let method = PlanAPI.name + ".Diff"
        var reply = try await session.ask(method, call, PlanAPI.DiffReply.self).reply
        while let next = reply.next {
            call.after = next
            let page = try await session.ask(method, call, PlanAPI.DiffReply.self).reply
            reply.changes += page.changes
            reply.next = page.next
        }
        return reply
    }
}
