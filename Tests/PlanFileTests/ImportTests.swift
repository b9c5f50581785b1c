import CivilTime
import Foundation
import PlanFile
import Supervision
import Testing

@Suite struct ImportTests {
    private static let target = ImportTarget(
        programme: "crontab",
        head: "alice",
        checks: "/srv/plan/checks"
    )

    private func crontab(
        _ text: String,
        hasUser: Bool = false,
        user: String? = nil
    ) -> ImportedPlan {
        let file = ImportFile(name: "crontab", text: text)
        let source = CrontabImport.Source(file: file, hasUser: hasUser, user: user)
        return CrontabImport.plan([source], ImportTests.target)
    }

    /// What follows `key: ` in the items of a plan.
    private func values(_ key: String, in plan: ImportedPlan) -> [String] {
        plan.text.split(separator: "\n").flatMap { line in
            line.components(separatedBy: ", ").compactMap { part in
                let words = part.trimmingCharacters(in: CharacterSet(charactersIn: " -{},"))
                guard words.hasPrefix(key + ": ") else { return nil }
                return String(words.dropFirst(key.count + 2))
            }
        }
    }

    private func read(_ plan: ImportedPlan) throws -> Plan {
        let reader = PlanReader(calendarDirectories: [], hostZone: "UTC")
        return try reader.read(plan.text, name: "plan.yaml")
    }

    @Test(arguments: [
        ("0 2 * * * /usr/bin/backup --all", "backup", "\"*-*-* 02:00:00\"", "1h"),
        ("*/5 * * * * cd / && /opt/Poll.sh >/dev/null", "poll.sh", "\"*-*-* *:00/5:00\"", "5min"),
        ("@daily df -h", "df", "\"*-*-* 00:00:00\"", "1h"),
        (
            "0 9 10 * 5 test -x /usr/sbin/x || true", "x",
            "\"Fri *-*-* 09:00:00 | *-*-10 09:00:00\"", "1h"
        ),
        ("0 */2 * * * a", "a", "\"*-*-* 00/2:00:00 clock=elapsed\"", "1h"),
        ("0 0 * * * \"\"", "line-1", "\"*-*-* 00:00:00\"", "1h"),
    ])
    func `a line becomes an item`(
        line: String,
        name: String,
        every: String,
        within: String
    ) throws {
        let plan = crontab(line)
        #expect(plan.problems.isEmpty)
        #expect(values("every", in: plan) == [every])
        #expect(values("within", in: plan) == [within])
        #expect(values("run", in: plan) == ["[\"/srv/plan/checks/\(name)\"]"])
        #expect(values("catch-up", in: plan) == ["none"])
        #expect(plan.scripts.map(\.name) == [name])
        let inspection = try #require(try read(plan).items.first?.inspections.first)
        #expect(inspection.name == name)
        #expect(inspection.timeLimitSeconds == 3_600)
    }

    @Test func `variables, users and zones hold for the lines below them`() throws {
        let plan = crontab(
            """
            # a comment
            SHELL=/bin/bash
            MAILTO = "ops@example.org"
            10 * * * * root /usr/bin/first
            CRON_TZ=Asia/Shanghai
              'GREETING' = "it's me"
            20 * * * * www-data /usr/bin/first
            """,
            hasUser: true
        )
        #expect(plan.problems.isEmpty)
        #expect(
            values("every", in: plan) == [
                "\"*-*-* *:10:00\"", "\"*-*-* *:20:00 Asia/Shanghai\"",
            ]
        )
        #expect(values("on", in: plan) == ["user-root", "user-www-data"])
        #expect(plan.scripts.map(\.name) == ["first", "first-2"])
        #expect(plan.notes.map(\.line) == [3])
        let (first, second) = (plan.scripts[0].text, plan.scripts[1].text)
        #expect(first.contains("'/bin/bash' -c '/usr/bin/first'"))
        #expect(!first.contains("GREETING"))
        #expect(second.contains("export GREETING='it'\\''s me'"))
        #expect(crontab("1 1 * * * a", user: "bob").text.contains("on: user-bob"))
    }

    @Test func `lines that cannot be imported are named, the others are written`() {
        let plan = crontab(
            "@reboot /usr/bin/x\n61 * * * * /usr/bin/y\n0 9 30 2 * /usr/bin/z\n0 9 * * *\n"
                + "CRON_TZ=../x\n\n0 9 * * * /usr/bin/good\n0 9 * *\n"
        )
        #expect(plan.problems.map(\.line) == [1, 2, 3, 4, 5, 8])
        #expect(plan.problems[0].description.hasPrefix("crontab:1: @reboot is no calendar rule"))
        #expect(plan.scripts.map(\.name) == ["good"])
    }

    /// Runs a script and returns its exit status and what it prints.
    private func run(_ script: String) throws -> (status: Int32, output: String) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("duban-import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("script")
        try Data(script.utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [file.path]
        process.environment = ["HOME": folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(arguments: [
        ("echo fine", 0, "ECHO OK\nfine\n"),
        ("echo 'a|b'; exit 7", 2, "ECHO CRITICAL - exit status 7\na/b\n"),
        ("cat%one%two \\% half", 0, "CAT OK\none\ntwo % half\n"),
        ("cat%END_OF_INPUT%last", 0, "CAT OK\nEND_OF_INPUT\nlast\n"),
        ("cat", 0, "CAT OK\n\n"),
        ("printf 'status=0'; false", 2, "PRINTF CRITICAL - exit status 1\nstatus=0\n"),
        ("kill -9 $$", 2, "KILL CRITICAL - exit status 137\n"),
        ("echo \"it's $HOME\" | grep -c /", 0, "GREP OK\n1\n"),
    ])
    func `a script ends by the contract of the Monitoring Plugins`(
        command: String,
        status: Int,
        output: String
    ) throws {
        let plan = crontab("0 0 * * * \(command)")
        let script = try #require(plan.scripts.first)
        let result = try run(script.text)
        #expect(Int(result.status) == status, "\(script.text)")
        let firstWords = output.split(separator: " ").dropFirst().joined(separator: " ")
        #expect(result.output.contains(firstWords), "\(result.output)")
    }

    private func timers(_ files: [(String, String)]) -> ImportedPlan {
        TimerImport.plan(files.map { ImportFile(name: $0.0, text: $0.1) }, ImportTests.target)
    }

    @Test func `a timer becomes an item that starts its unit`() throws {
        let plan = timers([
            (
                "/etc/systemd/system/backup.timer",
                """
                [Unit]
                Description=Timer of the backup
                [Timer]
                OnCalendar=hourly
                OnCalendar=
                OnCalendar=Mon..Fri 02:00 \\
                # in between
                  Europe/Berlin
                OnCalendar=*-*-01 UTC
                ; a comment
                OnCalendar=12:30 Europe/Berlin
                Persistent=yes
                RandomizedDelaySec=1h 30min
                """
            ),
            (
                "/etc/systemd/system/backup.service",
                "[Unit]\nDescription=Backup of \"all\"\n[Service]\nType=oneshot\n"
            ),
        ])
        #expect(plan.problems.isEmpty)
        #expect(
            values("every", in: plan) == [
                "\"Mon..Fri *-*-* 02:00:00 | *-*-* 12:30:00 Europe/Berlin\"",
                "\"*-*-01 00:00:00 UTC\"",
            ]
        )
        #expect(values("catch-up", in: plan) == ["latest", "latest"])
        #expect(values("jitter", in: plan) == ["90min", "90min"])
        #expect(values("on", in: plan) == ["user-root", "user-root"])
        #expect(plan.text.contains("name: \"Backup of \\\"all\\\"\""))
        #expect(plan.scripts.map(\.name) == ["backup", "backup-2"])
        #expect(plan.scripts[0].text.contains("systemctl start --wait -- 'backup.service'"))
        #expect(try read(plan).items.count == 2)
    }

    @Test(arguments: [
        ("boot.timer", "[Timer]\nOnBootSec=5min\n", 2, "OnBootSec="),
        ("mixed.timer", "[Timer]\nOnCalendar=daily\nOnUnitActiveSec=1d\n", 3, "OnUnitActiveSec="),
        ("bad.timer", "[Timer]\nOnCalendar=daily\nOnCalendar=25:00\n", 3, "the hour"),
        ("empty.timer", "[Timer]\n", 1, "no OnCalendar="),
        ("user@.timer", "[Timer]\nOnCalendar=daily\n", 1, "a template"),
        ("thing.socket", "[Socket]\n", 1, "no timer"),
        ("slow.timer", "[Timer]\nOnCalendar=daily\nRandomizedDelaySec=often\n", 3, "no span"),
        ("stay.timer", "[Timer]\nOnCalendar=daily\nUnit=stay.service\n", 3, "RemainAfterExit=yes"),
    ])
    func `what a timer has besides is named`(
        name: String,
        text: String,
        line: Int,
        reason: String
    ) {
        let stay = ("stay.service", "[Service]\nRemainAfterExit=true\n")
        let plan = timers([(name, text), stay])
        #expect(plan.problems.map(\.line) == [line])
        #expect(plan.problems.first?.reason.contains(reason) == true, "\(plan.problems)")
    }

    @Test(arguments: [
        ("RandomizedDelaySec=90", "90s"), ("RandomizedDelaySec=5m", "5min"),
        ("RandomizedDelaySec=1week", "24h"), ("Unit=other.service", nil),
        ("RandomizedDelaySec=0", nil),
    ])
    func `a random delay becomes jitter of a day at most`(line: String, jitter: String?) {
        let plan = timers([("a.timer", "[Timer]\nOnCalendar=daily\n\(line)\n")])
        #expect(values("jitter", in: plan) == (jitter.map { [$0] } ?? []))
        #expect(values("catch-up", in: plan) == ["none"])
    }

    @Test func `a plan that nothing was imported into still says so`() {
        let plan = crontab("# nothing\n")
        #expect(plan.scripts.isEmpty)
        #expect(plan.text.hasSuffix("items: []\n"))
    }
}
