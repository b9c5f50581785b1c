import CivilTime
import Foundation
import PlanFile
import Supervision
import Testing

/// Files of this repository and short ways to read plans.
enum Fixtures {
    /// The folder `etc` of the tree that these tests were built from.
    static let etc: String = {
        var parts = #filePath.split(separator: "/").map(String.init)
        parts.removeLast(3)
        return "/" + parts.joined(separator: "/") + "/etc"
    }()

    static let reader = PlanReader(
        calendarDirectories: ["/nonexistent/calendars", "\(etc)/calendars"],
        hostZone: "Europe/Berlin"
    )

    /// Returns the problems of a text as `line:column: message`, none if it is a plan.
    static func problems(in text: String) -> [String] {
        do throws(PlanProblems) {
            _ = try reader.read(text, name: "t.yaml")
            return []
        } catch {
            return error.problems.map { "\($0.line):\($0.column): \($0.message)" }
        }
    }

    /// Returns the problems of a calendar as `line:column: message`.
    static func calendarProblems(in text: String) -> [String] {
        do throws(PlanProblems) {
            _ = try CalendarReader(directories: ["\(etc)/calendars"]).read(text, name: "c.yaml")
            return []
        } catch {
            return error.problems.map { "\($0.line):\($0.column): \($0.message)" }
        }
    }

    /// A small plan without a mistake, one thing a line, to be broken by tests.
    static let base = """
        programme: { id: p, from: 2019-01-01, until: 2020-10-15 }
        zone: Asia/Shanghai
        calendar: cn
        persons:
          - { id: ann, login: ann, uids: [1001] }
          - { id: bob, name: 李四, mail: bob@example.org }
          - { id: cid }
        units:
          - { id: top, head: ann }
          - { id: low, superior: top, head: bob, liaison: cid, category: departments }
        items:
          - id: one
            lead: low
            owner: cid
            account: month
          - id: two
            class: key
            lead: low
            due: 2019-12-31
            buffer: 3
            stages: [ { name: survey, workdays: 15 }, { name: works, workdays: 60 } ]
            inspect: [ { every: "Mon 09:00", within: 2wd, run: [ /bin/true ] } ]
        ladder: { supervise: 2wd, before: [ 3wd, 1wd ] }
        fallback: { name: board, mail: board@example.org }
        """
}

extension Fixtures {
    /// Returns the text of a file of this repository.
    static func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }
}
