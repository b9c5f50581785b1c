import CivilTime
import Messages
import PlanFile

/// The zones and work calendars of this host, read when they are first asked for.
final class ZoneFiles {
    private let library: CalendarLibrary
    private var zones: [String: Zone] = [:]
    private var calendars: [String: WorkCalendar] = [:]

    /// Looks for calendars in a folder, else where the daemon does.
    init(calendars directory: String?) {
        library = CalendarLibrary(directories: directory.map { [$0] } ?? ["/etc/duban/calendars"])
    }

    /// Returns a zone by its name, `UTC` in any case.
    ///
    /// - Throws: ``Failure`` if this host does not have it.
    func zone(_ name: String) throws(Failure) -> Zone {
        if name.uppercased() == "UTC" { return .utc }
        if let zone = zones[name] { return zone }
        guard let zone = Host.zone(name) else {
            let shown = Escape.line(name)
            let right = "name one of the tz database, such as Europe/Berlin"
            throw Failure("no zone \(shown) below /usr/share/zoneinfo: \(right)")
        }
        zones[name] = zone
        return zone
    }

    /// Returns a work calendar by its id.
    ///
    /// - Throws: ``Failure`` if there is no such file, or for each of its mistakes.
    func calendar(_ id: String) throws(Failure) -> WorkCalendar {
        if id == WorkCalendar.mondayToFriday.id { return .mondayToFriday }
        if let calendar = calendars[id] { return calendar }
        do throws(PlanProblems) {
            let calendar = try library.calendar([id])
            calendars[id] = calendar
            return calendar
        } catch {
            // A calendar that is not there has no place in a file.
            let lines = error.problems.map { $0.file == id ? $0.message : $0.description }
            throw Failure(code: 1, lines: lines.map(Escape.line))
        }
    }
}
