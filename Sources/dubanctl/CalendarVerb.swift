import ArgumentParser
import CivilTime
import Messages
import PlanFile
import Varlink

/// `dubanctl calendar`.
struct CalendarVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Show when calendar expressions elapse; needs no daemon.",
        discussion: """
            duban.time(7) says how they are written. For example:

              dubanctl calendar "Mon..Fri 09:00"
              dubanctl calendar --zone Europe/Berlin "02:30" "*:0/15"
              dubanctl calendar --calendar cn -n 3 "*-*-wd3 10:00" "dekad cut-off"
              dubanctl calendar -- "-3wd of *-*~01 18:00"
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A calendar expression, such as \"Mon..Fri 09:00\"; each in quotes of its own.",
            valueName: "expr"
        )
    )
    var expressions: [String]

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("Show the elapses after this (default: now)"),
            valueName: "time"
        )
    )
    var baseTime: String?

    @Option(
        help: ArgumentHelp(
            "Read them in this zone, such as Europe/Berlin (default: the host's).",
            valueName: "zone"
        )
    )
    var zone: String?

    @Flag(help: "Read them in UTC.")
    var utc = false

    @Option(
        help: ArgumentHelp(
            "Count working days by this calendar, such as cn (default: mon-fri).",
            valueName: "id"
        )
    )
    var calendar: String?

    @Option(
        help: ArgumentHelp(
            "Look for work calendars here (default: /etc/duban/calendars).",
            valueName: "dir"
        )
    )
    var calendars: String?

    @Option(
        name: [.customShort("n"), .customLong("iterations")],
        help: ArgumentHelp("Show so many elapses.", valueName: "count")
    )
    var iterations: Int = 5

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...1_000_000).contains(iterations) else {
            throw ValidationError("--iterations takes 1 to 1000000.")
        }
        guard zone == nil || !utc else {
            throw ValidationError("--zone and --utc exclude each other.")
        }
    }

    func execute(_ session: Session) async throws {
        let files = ZoneFiles(calendars: calendars)
        let name = utc ? "UTC" : zone ?? PlanReader.hostZone()
        let zone = try files.zone(name)
        let base = try baseTime.map { try TimeArgument.read($0, zone: zone) } ?? Host.now()
        let search = CalendarSearch(
            files: files,
            zone: zone,
            calendar: try calendar.map { try files.calendar($0) } ?? .mondayToFriday,
            base: base,
            count: iterations
        )
        let preview = CalendarPreview(expressions: expressions.map(search.answer))
        let isWell = preview.expressions.allSatisfy { $0.error == nil }
        guard session.console.layout == nil else {
            try session.console.show(JSONCoder.encode(preview))
            if !isWell { throw Failure(code: 1, lines: []) }
            return
        }
        try show(preview, base, session, files)
    }

    private func show(
        _ preview: CalendarPreview,
        _ base: Instant,
        _ session: Session,
        _ files: ZoneFiles
    ) throws {
        var zones: [String: Zone] = [:]
        for name in preview.expressions.compactMap(\.zone) { zones[name] = try files.zone(name) }
        let rendering = Rendering(
            language: session.console.language,
            zones: zones,
            nowMicros: base.microseconds,
            hasColour: session.console.hasColour
        )
        let legend = session.console.hasLegend
        let blocks = preview.expressions.filter { $0.error == nil }.map {
            CalendarText.lines($0, legend: legend, rendering)
        }
        if !blocks.isEmpty {
            try session.console.show(Array(blocks.joined(separator: legend ? [""] : [])))
        }
        let problems = preview.expressions.flatMap { CalendarText.problem($0, rendering) }
        guard problems.isEmpty else { throw Failure(code: 1, lines: problems) }
    }
}

extension TimeArgument {
    /// Returns the help of an option that takes a time.
    static func help(_ meaning: String) -> String {
        meaning + ": 2019-01-01, \"2019-01-01 09:00\", RFC 3339 or @SECONDS."
    }

    /// Returns the instant of a time on the command line.
    ///
    /// - Throws: ``Failure`` with exit code 64 if it is none.
    static func read(_ text: String, zone: Zone) throws(Failure) -> Instant {
        guard let instant = instant(text, zone: zone) else {
            let right =
                "write 2019-01-01, \"2019-01-01 09:00\", 2019-01-01T09:00:00+08:00 or @1546304400"
            throw Failure(code: 64, lines: ["\"\(Escape.line(text))\" is no time: \(right)"])
        }
        return instant
    }
}
