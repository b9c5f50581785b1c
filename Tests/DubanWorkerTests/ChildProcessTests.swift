import Glibc
import Testing

@testable import DubanWorker

@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
    @Test func `arguments arrive as they are, without a shell`() async {
        let arguments = ["a b", "$HOME", "*", "; exit 7", "\"q\"", "", "严"]
        let end = await run(["/usr/bin/printf", "[%s]"] + arguments)
        #expect(end.cause == .exited(0))
        #expect(end.text == arguments.map { "[\($0)]" }.joined())
    }

    @Test func `a program sees the given environment and nothing else`() async {
        let end = await run(["/usr/bin/env"], environment: ["PATH": "/usr/bin", "TZ": "UTC"])
        #expect(end.text.split(separator: "\n").sorted() == ["PATH=/usr/bin", "TZ=UTC"])
    }

    @Test func `a program has a session of its own, its input ended, and no other descriptor`()
        async
    {
        let session = await shell("cut -d' ' -f1,5,6 /proc/$$/stat; echo $$; cat; ls /proc/$$/fd")
        let lines = session.text.split(separator: "\n").map(String.init)
        let pid = lines.dropFirst().first ?? ""
        #expect(lines.first == "\(pid) \(pid) \(pid)")
        #expect(lines.dropFirst(2).filter { ["0", "1", "2"].contains($0) }.count == 3)
        #expect(lines.count <= 6, "the shell may hold one descriptor of its own: \(lines)")
    }

    @Test func `standard output and standard error come together`() async {
        #expect(await shell("echo out; echo err >&2").text == "out\nerr\n")
    }

    @Test func `a long output is cut and read to its end`() async {
        let end = await shell("head -c 10000000 /dev/zero | tr '\\0' x; exit 1")
        #expect(end.cause == .exited(1))
        #expect(end.output.count == ChildProcess.captureLimit)
        #expect(end.isTruncated)
    }

    @Test func `a signal is told from an exit`() async {
        #expect(await shell("kill -9 $$").cause == .signalled(SIGKILL))
    }

    @Test func `a program that ignores SIGTERM is killed, with its children`() async throws {
        let end = await shell(
            "trap '' TERM; sleep 300 & echo $!; wait; sleep 300",
            timeLimit: .milliseconds(300),
            grace: .milliseconds(200)
        )
        #expect(end.cause == .timeLimit)
        #expect(end.duration < .seconds(20))
        let grandchild = try #require(pid_t(end.text.split(separator: "\n").first ?? ""))
        #expect(ends(grandchild))
    }

    @Test func `a child that outlives a terminated program is killed`() async throws {
        let end = await shell(
            "(trap '' TERM; sleep 300) & echo $!; wait",
            timeLimit: .milliseconds(300),
            grace: .seconds(10)
        )
        #expect(end.cause == .timeLimit)
        #expect(end.duration < .seconds(8))
        let grandchild = try #require(pid_t(end.text.split(separator: "\n").first ?? ""))
        #expect(ends(grandchild))
    }

    @Test func `the time limit holds for a program that closed its output`() async {
        let end = await shell("exec >&- 2>&-; sleep 300", timeLimit: .milliseconds(300))
        #expect(end.cause == .timeLimit)
        #expect(end.duration < .seconds(20))
    }

    @Test func `a grandchild that holds the output keeps nobody waiting`() async throws {
        let end = await shell("sleep 300 & echo $!")
        #expect(end.cause == .exited(0))
        #expect(end.duration < .seconds(20))
        let grandchild = try #require(pid_t(end.text.split(separator: "\n").first ?? ""))
        kill(grandchild, SIGKILL)
    }

    @Test func `a grandchild that never stops writing keeps nobody waiting`() async {
        let end = await shell("yes & sleep 0.3; exit 2")
        #expect(end.cause == .exited(2))
        #expect(end.duration < .seconds(20))
    }

    @Test func `a program that does not read its input is no error`() async {
        let input = [UInt8](repeating: 120, count: 1 << 20)
        let child = ChildProcess(
            argv: ["/bin/sh", "-c", "exit 75"],
            environment: [:],
            input: input,
            timeLimit: .seconds(30)
        )
        #expect(await child.run().cause == .exited(75))
    }

    @Test func `cancelling the task ends the program`() async {
        let task = Task { await shell("echo started; sleep 300") }
        task.cancel()
        let end = await task.value
        #expect(end.cause == .stopped)
        #expect(end.duration < .seconds(20))
    }

    @Test(arguments: [
        (["/nonexistent/check"], "no program at /nonexistent/check"),
        (["no-such-check"], "no program no-such-check in any folder of PATH"),
        (["/etc/passwd"], "/etc/passwd may not be executed"),
        (["./check"], "program ./check must be an absolute path or a name found by PATH"),
        ([], "the job names no program"),
        (["/"], "/ cannot be started"),
        (["/bin/echo", "a\0b"], "an argument of /bin/echo holds a NUL byte"),
    ])
    func `a program that cannot run says why`(argv: [String], reason: String) async {
        let cause = await run(argv).cause
        guard case .notStarted(let text) = cause else {
            Issue.record("\(argv) ended with \(cause)")
            return
        }
        #expect(text.hasPrefix(reason))
    }

    private func shell(
        _ script: String,
        timeLimit: Duration = .seconds(50),
        grace: Duration = .seconds(1)
    ) async -> ChildEnd {
        let child = ChildProcess(
            argv: ["/bin/sh", "-c", script],
            environment: ["PATH": "/usr/bin:/bin"],
            timeLimit: timeLimit,
            grace: grace
        )
        return await child.run()
    }

    private func run(
        _ argv: [String],
        environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) async -> ChildEnd {
        let child = ChildProcess(argv: argv, environment: environment, timeLimit: .seconds(50))
        return await child.run()
    }

    /// Whether a process that got SIGKILL ends soon; the kernel takes its time over it.
    private func ends(_ pid: pid_t) -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while isRunning(pid) {
            if ContinuousClock.now > deadline { return false }
            sched_yield()
        }
        return true
    }

    /// Whether a process runs; one that is dead but not yet collected by PID 1 does not.
    private func isRunning(_ pid: pid_t) -> Bool {
        guard kill(pid, 0) == 0 else { return false }
        let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var room = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &room, room.count)
        let text = String(decoding: room.prefix(max(0, count)), as: UTF8.self)
        return !text.contains(") Z") && !text.contains(") X")
    }
}
