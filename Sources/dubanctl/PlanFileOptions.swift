import ArgumentParser
import Messages
import PlanFile
import Supervision

/// The options of the verbs that read a plan file.
struct PlanFileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Look for work calendars here (default: calendars beside the plan's folder, then "
                + "/etc/duban/calendars).",
            valueName: "dir"
        )
    )
    var calendars: String?

    /// Returns the reader for a plan file.
    func reader(for file: String) -> PlanReader {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let beside = folder.isEmpty ? ".." : folder.joined(separator: "/") + "/.."
        let directories = calendars.map { [$0] } ?? [beside + "/calendars", "/etc/duban/calendars"]
        let zone = PlanReader.hostZone()
        return PlanReader(calendarDirectories: directories, hostZone: zone)
            .judging(at: Host.now())
    }

    /// Reads a plan file.
    ///
    /// - Throws: ``Failure`` with a line for each mistake.
    func read(_ file: String) throws(Failure) -> Plan {
        do throws(PlanProblems) {
            return try reader(for: file).readFile(file)
        } catch {
            throw Failure(code: 1, lines: error.problems.map { Escape.line($0.description) })
        }
    }
}
