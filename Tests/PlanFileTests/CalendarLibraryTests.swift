import CivilTime
import Foundation
import PlanFile
import Testing

/// Calendars on top of each other, read from a folder.
@Suite struct CalendarLibraryTests {
    /// Reads a calendar from a folder that holds some files, by id.
    private func calendar(_ ids: [String], _ files: [String: String]) throws -> WorkCalendar {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        for (id, text) in files {
            let url = folder.appendingPathComponent("\(id).yaml")
            try Data(text.utf8).write(to: url)
        }
        do throws(PlanProblems) {
            return try CalendarLibrary(directories: [folder.path]).calendar(ids)
        } catch {
            let lines = error.problems.map { problem in
                let name = problem.file.split(separator: "/").last.map(String.init) ?? ""
                let message = problem.message.replacing(folder.path, with: "DIR")
                return "\(name):\(problem.line):\(problem.column): \(message)"
            }
            throw Refused(lines: lines)
        }
    }

    private struct Refused: Error {
        let lines: [String]
    }

    private func problems(_ ids: [String], _ files: [String: String]) throws -> [String] {
        do {
            _ = try calendar(ids, files)
            return []
        } catch let error as Refused {
            return error.lines
        }
    }

    private func file(
        _ id: String,
        _ keys: String = "",
        through: String = "2026-12-31",
        _ rest: String = ""
    ) -> String {
        "calendar: { id: \(id), \(keys)from: 2026-01-01, through: \(through), source: us }\n\(rest)"
    }

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test func `nation, region and unit make one calendar`() throws {
        let files = [
            "nation": file(
                "nation",
                "hours: { work: [08:00-16:00] }, half-days: [Sat], ",
                "years: { 2026: { off: [2026-05-01, 2026-06-04] } }"
            ),
            "region": file(
                "region",
                "extends: nation, ",
                "years: { 2026: { work: [2026-06-04], off: [2026-08-15] } }"
            ),
            "unit": file(
                "unit",
                "extends: region, hours: { work: [09:00-12:00], Fri: [09:00-10:00] }, ",
                through: "2026-06-30",
                "years: { 2026: { work: [{ day: 2026-05-03, as: Fri }], half: [2026-05-04] } }"
            ),
        ]
        let calendar = try calendar(["unit"], files)
        let kinds = try [
            "2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-06-04", "2026-08-15",
        ].map { calendar.kind(of: try date($0)) }
        #expect(kinds == [.off, .half, .work, .half, .work, .off])
        #expect(calendar.effectiveWeekday(of: try date("2026-05-03")) == .friday)
        #expect(calendar.validThrough == (try date("2026-06-30")))
        let hours = try #require(calendar.hours)
        #expect(hours.stretches(.work, .friday).map(\.description) == ["09:00-10:00"])
        let region = try self.calendar(["region"], files)
        #expect(region.hours?.stretches(.work, .friday).map(\.description) == ["08:00-16:00"])
        #expect(region.version != calendar.version)
        #expect(region.version.hasPrefix("2026-12-31-"))
    }

    @Test func `another text of the calendar below is another version`() throws {
        let unit = file("unit", "extends: nation, ")
        let first = try calendar(["unit"], ["nation": file("nation"), "unit": unit])
        let second = try calendar(["unit"], ["nation": file("nation") + "# more", "unit": unit])
        #expect(first.version != second.version)
        #expect(first.layers == second.layers)
    }

    @Test func `a list in a plan puts unrelated calendars on top of each other`() throws {
        let files = [
            "a": file("a", "", "years: { 2026: { off: [2026-05-04] } }"),
            "b": file("b", "", "years: { 2026: { off: [2026-05-05] } }"),
        ]
        let calendar = try calendar(["a", "b"], files)
        #expect(calendar.id == "a+b")
        #expect(!calendar.isWorkday(try date("2026-05-04")))
        #expect(!calendar.isWorkday(try date("2026-05-05")))
    }

    @Test func `in a file that extends another a range means each of its days`() throws {
        let files = [
            "a": file("a", "", "years: { 2026: { work: [2026-05-09] } }"),
            "b": file(
                "b",
                "extends: a, ",
                "years: { 2026: { off: [2026-05-08..2026-05-10] } }"
            ),
        ]
        #expect(try !calendar(["b"], files).isWorkday(date("2026-05-09")))
        let half = ["c": file("c", "", "years: { 2026: { half: [2026-05-08..2026-05-11] } }")]
        let days = try calendar(["c"], half).exceptions.keys.sorted().map(\.description)
        #expect(days == ["2026-05-08", "2026-05-11"])
    }

    @Test func `what is wrong between calendars is named with its place`() throws {
        #expect(
            try problems(["b"], ["b": file("b", "extends: a, ")])
                == ["b.yaml:1:29: no calendar `a`: no file a.yaml in DIR"]
        )
        let circle = ["a": file("a", "extends: b, "), "b": file("b", "extends: a, ")]
        #expect(
            try problems(["a"], circle) == [
                "b.yaml:1:29: `extends` runs in a circle; the lowest calendar extends none"
            ]
        )
        #expect(
            try problems(["a"], ["a": file("a", "extends: a, ")]) == [
                "a.yaml:1:29: `extends` runs in a circle; the lowest calendar extends none"
            ]
        )
        let other = ["a": file("x")]
        #expect(
            try problems(["a"], other)
                == ["a:1:1: DIR/a.yaml is the calendar `x`; name the file after it"]
        )
        let apart = [
            "a": file("a", through: "2026-01-31"),
            "b":
                "calendar: { id: b, extends: a, from: 2027-01-01, through: 2027-02-01, source: us }",
        ]
        #expect(
            try problems(["b"], apart) == [
                "b.yaml:1:29: no day is known to all of a, b; look at their `from` and `through`"
            ]
        )
        #expect(
            try problems(["b"], ["a": "calendar: 1", "b": file("b", "extends: a, ")]).first?
                .hasPrefix("a.yaml:1:11: a calendar is a text") == true
        )
        #expect(
            try problems(["../etc"], [:]) == ["etc:1:1: `../etc` is no id of a calendar"]
        )
    }

    @Test func `terms of working time need a calendar with hours`() throws {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        let hours = "calendar: { id: open, hours: { work: [09:00-17:00] }, extends: cn, "
        let text = hours + "from: 2019-01-01, through: 2026-12-31, source: us }"
        try Data(text.utf8).write(to: folder.appendingPathComponent("open.yaml"))
        let plan = Fixtures.base.replacing("within: 2wd", with: "within: 4wh")
        let directories = [folder.path, "\(Fixtures.etc)/calendars"]
        let reader = PlanReader(calendarDirectories: directories, hostZone: "UTC")
        let open = plan.replacing("calendar: cn", with: "calendar: open")
        #expect(throws: Never.self) { try reader.read(open, name: "t.yaml") }
        #expect(
            Fixtures.problems(in: plan) == [
                "22:46: `4wh` counts working time, and the calendar `cn` has no `hours`; "
                    + "give it hours, or count working days such as 2wd"
            ]
        )
    }

    @Test func `a calendar may be written as JSON`() throws {
        let text = """
            {"calendar": {"id": "a", "from": "2026-01-01", "through": "2026-12-31", "source": "us"},
             "years": {"2026": {"off": ["2026-05-01"]}}}
            """
        let calendar = try calendar(["a"], ["a": text])
        #expect(!calendar.isWorkday(try date("2026-05-01")))
    }
}
