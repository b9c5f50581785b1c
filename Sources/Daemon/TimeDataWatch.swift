import CLinux
import Foundation
import Glibc

/// Watches the folders of zone files and work calendars on a thread of its own.
///
/// The kernel tells of changes (inotify); whoever replaces files does so in many steps, so the engine
/// is told once it has been quiet for a second. Where the kernel does not tell, as on some network
/// and overlay file systems, names, sizes and times of change are compared now and then.
struct TimeDataWatch {
    /// How long it has to be quiet, in milliseconds.
    private static let quiet: CInt = 1_000
    /// How long a restless folder is waited for.
    private static let patience = Duration.seconds(10)
    /// How often the folders are compared, in milliseconds.
    private static let comparing: CInt = 45_000
    /// Trees below the zones that hold them a second time.
    private static let copies: Set<String> = ["posix", "right"]

    private let descriptor: CInt
    private let folders: [String]
    private let mailbox: Mailbox
    private var seen: UInt64 = 0

    /// Starts the thread, which ends with the process.
    ///
    /// - Throws: `DaemonError.failed` if the kernel has no descriptor left.
    static func start(_ folders: [String], _ mailbox: Mailbox) throws(DaemonError) {
        let descriptor = inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw .failed("inotify: \(SmallFile.reason())") }
        var watch = TimeDataWatch(descriptor: descriptor, folders: folders, mailbox: mailbox)
        watch.look()
        let ready = watch
        let thread = Thread {
            var watch = ready
            while true { watch.wait() }
        }
        thread.name = "time-data"
        thread.stackSize = 512 << 10
        thread.start()
    }

    private init(descriptor: CInt, folders: [String], mailbox: Mailbox) {
        self.descriptor = descriptor
        self.folders = folders
        self.mailbox = mailbox
    }

    /// Waits for a change, then for quiet, and tells the engine.
    private mutating func wait() {
        if isTold(within: Self.comparing) {
            let end = ContinuousClock.now + Self.patience
            while isTold(within: Self.quiet), ContinuousClock.now < end {}
        }
        let before = seen
        look()
        if seen != before { mailbox.post(.timeDataChanged) }
    }

    /// Whether the kernel tells of a change within so many milliseconds.
    private func isTold(within milliseconds: CInt) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return false }
        var room = [UInt8](repeating: 0, count: 65_536)
        while read(descriptor, &room, room.count) > 0 {}
        return true
    }

    /// Watches every folder that is there, and takes a print of what lies in them.
    private mutating func look() {
        seen = 0xCBF2_9CE4_8422_2325
        for folder in folders { look(into: folder, depth: 0) }
    }

    private mutating func look(into folder: String, depth: Int) {
        let mask = UInt32(
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF
                | IN_MOVE_SELF
        )
        // A folder that is watched already stays so; one that was taken away ends its watch.
        inotify_add_watch(descriptor, folder, mask)
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            // A folder that is not there is empty: it may come.
            return mix("\(folder) -")
        }
        for name in names where depth > 0 || !Self.copies.contains(name) {
            var status = stat()
            let path = "\(folder)/\(name)"
            guard stat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                if depth < 3 { look(into: path, depth: depth + 1) }
            } else {
                let (changed, inode) = (status.st_mtim, status.st_ino)
                mix("\(path) \(inode) \(status.st_size) \(changed.tv_sec) \(changed.tv_nsec)")
            }
        }
    }

    private mutating func mix(_ text: String) {
        for byte in text.utf8 { seen = (seen ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
}
