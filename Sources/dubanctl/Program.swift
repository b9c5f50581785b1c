import ArgumentParser
import DubanAPI
import Messages

/// The program's entry: puts the arguments in order, then runs the verb.
@main
enum Program {
    static func main() async {
        let arguments = ArgumentOrder.arrange(Array(CommandLine.arguments.dropFirst()))
        if let word = arguments.first, !word.hasPrefix("-"), !Dubanctl.verbs.contains(word) {
            let text = "There is no verb '\(word)'; `dubanctl --help` lists them."
            Dubanctl.exit(withError: ValidationError(text))
        }
        await Dubanctl.main(arguments)
    }
}

/// The root of all verbs.
struct Dubanctl: AsyncParsableCommand {
    /// The words that may stand first; `help` is the parser's own.
    static var verbs: Set<String> {
        let groups = configuration.groupedSubcommands.flatMap(\.subcommands)
        let names = groups.compactMap { $0.configuration.commandName }
        return Set(names + ["help"])
    }

    static let configuration = CommandConfiguration(
        commandName: "dubanctl",
        abstract: "See what is owed, and act on it.",
        discussion: """
            NUMBER is the number of a duty, written D-0137 or 137. The options of all verbs may \
            stand before or after the verb.

            Exit status: 0 done, 1 failed, 3 the daemon is not running, 4 no such object, \
            5 refused, 64 usage.
            """,
        version: Product.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Look",
                subcommands: [
                    StatusVerb.self, TodoVerb.self, AgendaVerb.self, SchedulesVerb.self,
                    ExplainVerb.self, DutiesVerb.self, ShowVerb.self, ChainVerb.self,
                    HistoryVerb.self, JobsVerb.self, WorkersVerb.self,
                ]
            ),
            CommandGroup(
                name: "Act",
                subcommands: [SubmitVerb.self, AcceptVerb.self, ReturnVerb.self, UrgeVerb.self]
            ),
            CommandGroup(
                name: "Run",
                subcommands: [
                    PauseVerb.self, ResumeVerb.self, BackfillVerb.self, ReleaseClockVerb.self,
                    PlanVerb.self, LedgerVerb.self,
                ]
            ),
            CommandGroup(
                name: "Time",
                subcommands: [
                    CalendarVerb.self, CalendarsVerb.self,
                ]
            ),
        ]
    )
}
