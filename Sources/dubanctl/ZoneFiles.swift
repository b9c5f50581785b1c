import CivilTime
import Glibc
import Messages
import PlanFile

/// The zones and work calendars of this host, read when they are first asked for.
final class ZoneFiles {
    private let calendarDirectories: [String]
    private var zones: [String: Zone] = [:]
    private var calendars: [String: WorkCalendar] = [:]

    /// Looks for calendars in a folder, else where the daemon does.
    init(calendars directory: String?) {
        calendarDirectories = directory.map { [$0] } ?? ["/etc/duban/calendars"]
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
        let path = try path(ofCalendar: id)
        let calendar = try read(path)
        calendars[id] = calendar
        return calendar
    }

    private func path(ofCalendar id: String) throws(Failure) -> String {
        let isName = !id.isEmpty && !id.hasPrefix(".") && !id.contains("/")
        let paths = calendarDirectories.map { "\($0)/\(id).yaml" }
        guard isName, let path = paths.first(where: { access($0, R_OK) == 0 }) else {
            let places = calendarDirectories.joined(separator: ", ")
            throw Failure(
                "no calendar \(Escape.line(id)): no file \(Escape.line(id)).yaml in \(places)"
            )
        }
        return path
    }

    private func read(_ path: String) throws(Failure) -> WorkCalendar {
        let bytes: [UInt8]
        do {
            bytes = try Host.contents(path)
        } catch {
            throw Failure("\(path): cannot be read")
        }
        do throws(PlanProblems) {
            return try CalendarReader().read(String(decoding: bytes, as: UTF8.self), name: path)
        } catch {
            throw Failure(code: 1, lines: error.problems.map { Escape.line($0.description) })
        }
    }
}
