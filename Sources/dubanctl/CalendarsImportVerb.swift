import ArgumentParser
import Messages
import PlanFile
import Varlink

/// `dubanctl calendars import`.
struct CalendarsImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Print the text of a work calendar made from another format.",
        discussion: """
            For example:

              dubanctl calendars import ics holidays.ics --id works > works.yaml
              dubanctl calendars import govuk bank-holidays.json --id uk > uk.yaml
            """
    )

    /// What a file may be.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// All-day events of an iCalendar file.
        case ics
        /// The JSON of www.gov.uk/bank-holidays.json.
        case govuk
    }

    @Argument(help: "What the file is: ics or govuk.")
    var format: Format

    @Argument(help: "The file; - is the standard input.")
    var file: String

    @Option(help: ArgumentHelp("The id of the calendar.", valueName: "id"))
    var id: String = "imported"

    @Option(help: ArgumentHelp("Where the days come from (default: the file).", valueName: "text"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Whose bank holidays: england-and-wales, scotland or northern-ireland.",
            valueName: "name"
        )
    )
    var division: String = "england-and-wales"

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let found = try read(try Host.contents(file))
        for note in found.notes {
            session.console.complain(Escape.line("\(file): \(note)"))
        }
        guard !found.isEmpty else {
            throw Failure("\(file): no day that differs from Monday to Friday")
        }
        guard let yaml = found.yaml(id: id, source: source ?? file) else {
            throw Failure(
                code: 64,
                lines: ["'\(id)' is no id of a calendar; write one such as works"]
            )
        }
        if session.console.layout != nil {
            try session.console.show(JSONCoder.encode(["calendar": yaml]))
        } else {
            try session.console.write(Array(yaml.utf8))
        }
    }

    private func read(_ bytes: [UInt8]) throws(Failure) -> CalendarImport {
        do throws(PlanProblems) {
            if format == .ics { return try CalendarImport.ics(bytes, name: file) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw PlanProblems(problems: [
                    PlanProblem(file: file, line: 1, column: 1, message: "not valid UTF-8")
                ])
            }
            return try CalendarImport.govUK(text, name: file, division: division)
        } catch {
            throw Failure(code: 1, lines: error.problems.map { Escape.line($0.description) })
        }
    }
}
