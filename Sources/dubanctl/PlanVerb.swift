import ArgumentParser
import CivilTime
import DubanAPI
import Ledger
import Messages
import PlanFile
import Supervision
import Varlink

/// `dubanctl plan`.
struct PlanVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Check, adopt and show plans.",
        subcommands: [
            PlanCheckVerb.self, PlanDiffVerb.self, PlanApplyVerb.self, PlanShowVerb.self,
            PlanListVerb.self, PlanImportVerb.self,
        ]
    )
}

/// `dubanctl plan check`.
struct PlanCheckVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check plan files and count what they hold; needs no daemon."
    )

    @Argument(help: "The plan files.")
    var file: [String]

    @OptionGroup var files: PlanFileOptions
    @OptionGroup var options: GlobalOptions

    /// The verdict on one file.
    private struct Verdict: Codable {
        var file: String
        var ok: Bool
        var problems: [String]
        var summary: PlanSummary?
    }

    func execute(_ session: Session) async throws {
        var verdicts: [Verdict] = []
        var complaints: [String] = []
        for name in file {
            do throws(Failure) {
                let plan = try files.read(name)
                let summary = PlanSummary(plan)
                verdicts.append(Verdict(file: name, ok: true, problems: [], summary: summary))
                if session.console.layout == nil {
                    let text = PlanText.checked(name, counts(plan), session.console.language)
                    try write(text, session)
                }
            } catch {
                verdicts.append(Verdict(file: name, ok: false, problems: error.lines))
                complaints += error.lines
            }
        }
        if session.console.layout != nil {
            try session.console.show(JSONCoder.encode(["files": verdicts]))
        }
        guard complaints.isEmpty else {
            throw Failure(code: 1, lines: complaints)
        }
    }

    private func write(_ line: String, _ session: Session) throws(Failure) {
        do {
            try session.console.write(Array((line + "\n").utf8))
        } catch {
            throw Failure("standard output cannot be written")
        }
    }

    private func counts(_ plan: Plan) -> PlanText.Counts {
        let summary = PlanSummary(plan)
        return PlanText.Counts(
            programme: summary.programme,
            persons: summary.persons,
            units: summary.units,
            leadUnits: summary.leadUnits,
            projects: summary.projects,
            routine: summary.routineItems,
            key: summary.keyItems,
            stages: summary.stages,
            inspections: summary.inspections,
            schedules: Schedule.all(of: plan).count
        )
    }
}

/// `dubanctl plan apply`.
struct PlanApplyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Adopt a plan, or take a changed one as a revision; new schedules start now."
    )

    @Argument(help: "The plan file.")
    var file: String

    @Option(
        help: ArgumentHelp(
            TimeArgument.help(
                "Sign that slots of new and changed schedules fall due from here on (default: now)"
            ),
            valueName: "time"
        )
    )
    var from: String?

    @OptionGroup var files: PlanFileOptions
    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let upload = try PlanUpload(file, files)
        let zone = upload.plan.timekeeper.zone
        let start = try from.map { try TimeArgument.read($0, zone: zone) }
        try await upload.send(session)
        let call = PlanAPI.ApplyCall(
            requestId: RequestID.make(),
            digest: upload.digest,
            name: upload.name,
            fromMicros: start?.microseconds
        )
        let answer = try await session.act(PlanAPI.name + ".Apply", call, PlanAPI.ApplyReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: [answer.reply.programme.zone])
        try session.console.show([PlanText.adopted(answer.reply, rendering)])
    }
}

/// `dubanctl plan show`.
struct PlanShowVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an adopted programme, or the text of its plan."
    )

    @Argument(help: "The programme; may be left out where only one is adopted.")
    var programme: String?

    @Flag(help: "Print the text that was adopted, byte for byte.")
    var text = false

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        var text = ""
        var offset: Int64?
        var shown: PlanAPI.Programme?
        repeat {
            let call = PlanAPI.ShowCall(programme: shown?.id ?? programme, offset: offset)
            let method = PlanAPI.name + ".Show"
            let answer = try await session.ask(method, call, PlanAPI.ShowReply.self)
            text += answer.reply.text
            shown = answer.reply.programme
            offset = answer.reply.next
        } while offset != nil
        guard let shown else {
            return
        }
        if session.console.layout != nil {
            let reply = PlanAPI.ShowReply(programme: shown, text: text)
            try session.console.show(JSONCoder.encode(reply))
        } else if self.text {
            try session.console.write(Array(text.utf8))
        } else {
            let rendering = session.rendering(zones: [shown.zone])
            try session.console.show(PlanText.lines(shown, rendering))
        }
    }
}

/// `dubanctl plan list`.
struct PlanListVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the adopted programmes."
    )

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = PlanAPI.ListCall()
        let answer = try await session.ask(PlanAPI.name + ".List", call, PlanAPI.ListReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let programmes = answer.reply.programmes
        let rendering = session.rendering(zones: programmes.map(\.zone))
        let legend = session.console.hasLegend
        try session.console.show(PlanText.table(programmes, legend: legend, rendering))
    }
}
