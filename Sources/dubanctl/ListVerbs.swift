import ArgumentParser
import DubanAPI
import Messages
import Varlink

extension Session {
    /// Asks for all pages of a list and joins them: the JSON is the first reply with the rows of
    /// all pages and without the place of the next one.
    ///
    /// - Throws: ``Failure`` if there is no reply.
    func pages<Reply: Decodable, Row, Place>(
        _ method: String,
        _ type: Reply.Type,
        rows field: String,
        _ parts: (Reply) -> (rows: [Row], next: Place?),
        call: (Place?) -> some Encodable
    ) async throws -> (json: JSON, rows: [Row]) {
        var rows: [Row] = []
        var values: [JSON] = []
        var after: Place?
        repeat {
            let answer = try await ask(method, call(after), type)
            let page = parts(answer.reply)
            rows += page.rows
            values += answer.json[field]?.arrayValue ?? []
            after = page.next
        } while after != nil
        return (.object(JSONObject(members: [(field, .array(values))])), rows)
    }
}

/// `dubanctl duties`.
struct DutiesVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "duties",
        abstract: "List duties; without --all, those not settled."
    )

    @Flag(help: "List settled duties as well.")
    var all = false

    @Option(help: "Only this kind.")
    var kind: Choice<DutyAPI.Kind>?

    @Option(help: "Only this state.")
    var state: Choice<DutyAPI.State>?

    @Option(help: "Only duties of this unit.")
    var unit: String?

    @Option(help: "Only duties of this item.")
    var item: String?

    @Flag(help: "Only late duties.")
    var late = false

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let list = try await session.pages(
            DutyAPI.name + ".List",
            DutyAPI.ListReply.self,
            rows: "duties",
            { ($0.duties, $0.next) },
            call: { after in
                DutyAPI.ListCall(
                    all: all ? true : nil,
                    kind: kind?.value,
                    state: state?.value,
                    unit: unit,
                    item: item,
                    late: late ? true : nil,
                    after: after
                )
            }
        )
        guard session.console.layout == nil else {
            return try session.console.show(list.json)
        }
        let rendering = session.rendering(zones: list.rows.map(\.zone))
        let legend = session.console.hasLegend
        try session.console.show(DutyText.table(list.rows, legend: legend, rendering))
    }
}

/// `dubanctl jobs`.
struct JobsVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List jobs; without --all, those not ended."
    )

    @Flag(help: "List ended jobs as well.")
    var all = false

    @Option(help: "Only jobs of this queue.")
    var queue: String?

    @Option(help: "Only this state.")
    var state: Choice<JobAPI.State>?

    @Option(help: "Only jobs of this duty.")
    var duty: NumberArgument?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let list = try await session.pages(
            JobAPI.name + ".List",
            JobAPI.ListReply.self,
            rows: "jobs",
            { ($0.jobs, $0.next) },
            call: { after in
                JobAPI.ListCall(
                    all: all ? true : nil,
                    queue: queue,
                    state: state?.value,
                    number: duty?.value,
                    after: after
                )
            }
        )
        guard session.console.layout == nil else {
            return try session.console.show(list.json)
        }
        let legend = session.console.hasLegend
        try session.console.show(
            JobText.table(list.rows, legend: legend, session.rendering(zones: []))
        )
    }
}
