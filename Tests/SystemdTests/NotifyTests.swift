import Glibc
import Systemd
import Testing

/// NOTIFY_SOCKET and LISTEN_* belong to the whole process, so these tests take turns.
@Suite(.serialized)
struct NotifyTests {
    @Test func `without a manager nothing is sent`() {
        unsetenv("NOTIFY_SOCKET")
        #expect(!Notify.ready("up"))
        #expect(!Notify.watchdog())
    }

    @Test func `each call is one datagram`() throws {
        let manager = try DatagramListener()
        setenv("NOTIFY_SOCKET", manager.path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        #expect(Notify.ready("3 duties open"))
        #expect(manager.receiveText() == "READY=1\nSTATUS=3 duties open")
        #expect(Notify.status("two\nREADY=1"))
        #expect(manager.receiveText() == "STATUS=two READY=1")
        #expect(Notify.watchdog())
        #expect(manager.receiveText() == "WATCHDOG=1")
        #expect(Notify.reloading())
        #expect(manager.receiveText()?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        #expect(Notify.stopping())
        #expect(manager.receiveText() == "STOPPING=1")
        #expect(manager.receiveText() == nil)
    }

    @Test func `the watchdog interval is that of our own process`() {
        defer { for name in ["WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) } }
        #expect(Notify.watchdogMicros == nil)
        setenv("WATCHDOG_USEC", "30000000", 1)
        #expect(Notify.watchdogMicros == 30_000_000)
        setenv("WATCHDOG_PID", "1", 1)
        #expect(Notify.watchdogMicros == nil)
    }

    @Test func `sockets passed to another process are not taken`() {
        setenv("LISTEN_PID", "1", 1)
        setenv("LISTEN_FDS", "1", 1)
        #expect(ListenDescriptors.take().isEmpty)
        #expect(getenv("LISTEN_FDS") == nil)
    }

    @Test func `passed sockets are taken by name and removed from the environment`() {
        if fcntl(3, F_GETFD) < 0 { dup2(0, 3) }
        setenv("LISTEN_PID", "\(getpid())", 1)
        setenv("LISTEN_FDS", "1", 1)
        setenv("LISTEN_FDNAMES", "varlink", 1)
        let taken = ListenDescriptors.take()
        #expect(taken.map(\.descriptor) == [3])
        #expect(taken.map(\.name) == ["varlink"])
        #expect(ListenDescriptors.take().isEmpty)
    }

    @Test func `a bound socket knows its path and whether it listens`() throws {
        let directory = try DatagramListener()
        let path = directory.path + ".stream"
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        #expect(ListenDescriptors.socketPath(of: descriptor) == nil)
        #expect(DatagramListener.bind(descriptor, to: path) == 0)
        #expect(ListenDescriptors.socketPath(of: descriptor) == path)
        #expect(!ListenDescriptors.isListening(descriptor))
        #expect(listen(descriptor, 1) == 0)
        #expect(ListenDescriptors.isListening(descriptor))
        #expect(ListenDescriptors.socketPath(of: 99_999) == nil)
    }
}
