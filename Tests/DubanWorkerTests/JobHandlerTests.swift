import DubanAPI
import Testing
import Varlink

@testable import DubanWorker

@Suite(.timeLimit(.minutes(1)))
struct JobHandlerTests {
    @Test(arguments: [
        ("echo 'OK - 9 lamps | lamps=9;5;3'; exit 0", WorkerAPI.Outcome.ok, "OK - 9 lamps"),
        ("echo dim; exit 1", .warning, "dim"),
        ("echo dark; exit 2", .critical, "dark"),
        ("echo who knows; exit 3", .unknown, "who knows"),
        ("exit 2", .critical, "the check exited with 2, saying nothing"),
        ("echo oops; exit 4", .unknown, "the check exited with 4, not 0 to 3: oops"),
        ("kill -9 $$", .failed, "the check was ended by signal 9 (Killed)"),
        ("echo half; exec sleep 300", .timeout, "the check did not end within 1 s: half"),
        ("printf 'a\\033[31mb\\n'", .ok, "a\\x1b[31mb"),
    ])
    func `a check's end is its outcome`(
        script: String,
        outcome: WorkerAPI.Outcome,
        summary: String
    ) async throws {
        let result = await handler().run(try check(["/bin/sh", "-c", script]))
        #expect(result.outcome == outcome)
        #expect(result.summary == summary)
        #expect(result.jobId == 41 && result.leaseId == 3)
    }

    @Test func `the output tells exit code, line, data, text and duration`() async throws {
        let script = "echo 'OK - lit | lamps=99%;;90'; echo more; exit 0"
        let result = await handler().run(try check(["/bin/sh", "-c", script]))
        let text = try #require(result.output)
        let output = try JSONCoder.decode(CheckOutput.self, from: JSON(parsing: Array(text.utf8)))
        #expect(output.exitCode == 0)
        #expect(output.line == "OK - lit")
        #expect(output.text == "OK - lit\nmore")
        #expect(output.perfdata == [Measure(label: "lamps", value: 99, unit: "%", crit: "90")])
        #expect(output.durationMillis >= 0)
    }

    @Test func `a summary is at most 200 characters`() async throws {
        let result = await handler().run(try check(["/usr/bin/printf", "%0500d", "1"]))
        #expect(result.summary.count == 200)
    }

    @Test func `a check knows its job and its duty`() async throws {
        let result = await handler().run(try check(["/usr/bin/env"]))
        let text = try #require(result.output)
        let output = try JSONCoder.decode(CheckOutput.self, from: JSON(parsing: Array(text.utf8)))
        let expected = ["DUBAN_DUTY=7", "DUBAN_JOB=41", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"]
        #expect(output.text.split(separator: "\n").map(String.init).sorted() == expected)
    }

    @Test(arguments: [
        ("inspect", "{", "the job's input is not that of a check"),
        ("inspect", #"{"argv":["x"]}"#, "the job's input is not that of a check"),
        ("inspect", #"{"argv":["x"],"timeLimitSeconds":0}"#, "time limit of 0 s: it must be 1 to"),
        ("deliver", "{}", "the message cannot be written"),
        ("dance", "{}", "job kind dance: this worker knows inspect and deliver"),
    ])
    func `a job that cannot be done says why`(kind: String, input: String, reason: String) async {
        let result = await handler().run(job(kind: kind, input: input))
        #expect(result.outcome == .failed)
        #expect(result.summary.hasPrefix(reason))
    }

    @Test(arguments: [
        (0, WorkerAPI.Outcome.ok, "handed to sendmail for zhangsan@example.org"),
        (75, .unknown, "PROGRAM asks to try again later: busy"),
        (67, .failed, "PROGRAM exited with 67: busy"),
    ])
    func `mail goes to the mail program`(
        code: Int,
        outcome: WorkerAPI.Outcome,
        summary: String
    ) async throws {
        let folder = try TemporaryFolder()
        let program = try await folder.script(
            "printf '[%s]' \"$@\" > \(folder.path)/arguments\ncat > \(folder.path)/message\n"
                + "echo busy\nexit \(code)"
        )
        let result = await handler(sendmail: program).run(try delivery("zhangsan@example.org"))
        #expect(result.outcome == outcome)
        let expected = summary.hasPrefix("PROGRAM") ? program + summary.dropFirst(7) : summary
        #expect(result.summary == expected)
        #expect(try folder.text(of: "arguments") == "[-i][--][zhangsan@example.org]")
        let message = try folder.text(of: "message")
        #expect(message.contains("To: "))
        #expect(message.contains("\n\n"))
    }

    @Test func `without a mail program the result says so`() async throws {
        let missing = "/nonexistent/sendmail"
        let result = await handler(sendmail: missing).run(try delivery("a@example.org"))
        #expect(result.outcome == .failed)
        #expect(result.summary == "no mail program at \(missing): install one or give --sendmail")
    }

    @Test(arguments: [
        ("a@example.org", true), ("a.b+c_d-e@host", true), ("zhangsan@localhost", true),
        ("-oQ/tmp@example.org", false), ("a@-x.org", false), ("a", false), ("@b", false),
        ("a@", false), ("a@b@c", false), ("a b@c", false), ("a@b,c@d", false), ("|sh@b", false),
        ("/tmp/x@b", false), ("a@b\nBcc: c@d", false), (".a@b", false), ("a@b..c", false),
        ("李@example.org", false),
    ])
    func `only plain addresses reach the mail program`(text: String, isSafe: Bool) async throws {
        #expect(MailAddress.isSafe(text) == isSafe)
    }

    @Test func `an unsafe address is refused by name`() async throws {
        let result = await handler(sendmail: "/bin/true").run(try delivery("-t@example.org"))
        #expect(result.outcome == .failed)
        #expect(result.summary == "'-t@example.org' is no address that may go to /bin/true")
    }

    private func handler(sendmail: String = "/nonexistent/sendmail") -> JobHandler {
        JobHandler(
            environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
            sendmail: sendmail,
            log: WorkerLog()
        )
    }

    private func job(kind: String, input: String) -> WorkerAPI.Job {
        WorkerAPI.Job(
            jobId: 41,
            leaseId: 3,
            queue: kind,
            kind: kind,
            number: 7,
            attempt: 1,
            leaseSeconds: 30,
            deadlineMicros: 0,
            input: input
        )
    }

    private func check(_ argv: [String]) throws -> WorkerAPI.Job {
        let input = CheckInput(
            argv: argv,
            timeLimitSeconds: argv.last?.hasPrefix("echo half") == true ? 1 : 30
        )
        return job(kind: "inspect", input: try JSONCoder.encode(input).text)
    }

    private func delivery(_ address: String) throws -> WorkerAPI.Job {
        let input = DeliverInput(
            to: address,
            toName: "张三",
            matter: .reminder,
            duty: Sample.duty,
            ordinal: "r1",
            domain: "example.org",
            from: "duban@example.org",
            atMicros: 1_577_836_800_000_000,
            ledgerSize: 12,
            ledgerRoot: "ab"
        )
        return job(kind: "deliver", input: try JSONCoder.encode(input).text)
    }
}
