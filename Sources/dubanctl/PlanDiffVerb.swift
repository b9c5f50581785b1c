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
        abstract: "Show which slots a changed plan adds, takes away and moves.",
        discussion:
            """
            With two files no daemon is needed; with one, the plan in force is the old one. For \
            example:

              dubanctl plan diff office.yaml
              dubanctl plan diff old.yaml new.yaml --from 2027-01-01 --until 2027-04-01
            """
    )

    @Argument(help: "The plan file; the old one if two are given.")
    var file: String

    @Argument(help: "The new plan file.")
    var new: String?

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("Look from here on (default: now)"),
            valueName: "time"
        )
    )
    var from: String?

    @Option(
        help: ArgumentHelp("Look until before this time (default: 90 days on).", valueName: "time")
    )
    var until: String?

    @Option(
        name: [.customShort("n"), .customLong("lines")],
        help: ArgumentHelp("Show so many slots a list.", valueName: "count")
    )
    var lines: Int = 10

    @OptionGroup var files: PlanFileOptions
    @OptionGroup var options: GlobalOptions

    /// How far ahead slots are compared where no end is given, as the daemon does it.
    private static let horizonDays: Int64 = 90

    func validate() throws {
        guard (1...1_000).contains(lines) else {
            throw ValidationError("-n takes 1 to 1000.")
        }
    }

    func execute(_ session: Session) async throws {
        let reply =
            if let new { try offline(file, new) } else { try await online(session) }
        guard session.console.layout == nil else {
            return try session.console.show(JSONCoder.encode(reply))
        }
        let rendering = session.rendering(zones: PlanDiffText.zones(reply))
        let legend = session.console.hasLegend
        try session.console.show(PlanDiffText.lines(reply, legend: legend, rendering))
    }

    private func offline(_ old: String, _ new: String) throws -> PlanAPI.DiffReply {
        let (old, new) = (try PlanUpload(old, files), try PlanUpload(new, files))
        guard old.plan.programme.id == new.plan.programme.id else {
            let ids = "\(old.plan.programme.id) and \(new.plan.programme.id)"
            throw Failure("the files are plans of two programmes, \(ids): compare plans of one")
        }
        let zone = new.plan.timekeeper.zone
        let start = try from.map { try TimeArgument.read($0, zone: zone) } ?? Host.now()
        let end = try until.map { try TimeArgument.read($0, zone: zone) }
        let until = end ?? start + .days(Self.horizonDays)
        guard start < until else {
            throw Failure(code: 64, lines: ["--from is not before --until"])
        }
        return PlanAPI.DiffReply(from: old, to: new, after: start, until: until, limit: lines)
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
