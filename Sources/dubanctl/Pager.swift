import Glibc

/// A program that shows long text in pages, as systemd's own tools choose it.
struct Pager {
    private let words: [String]
    private let isSecure: Bool

    /// Returns the pager of the environment; nil if none is wanted.
    static func chosen() -> Pager? {
        let isSecure = needsSecurity()
        if isSecure {
            return Pager(words: ["less"], isSecure: true)
        }
        let text = Host.environment("SYSTEMD_PAGER") ?? Host.environment("PAGER") ?? "less"
        let words = text.split(separator: " ").map { String($0) }
        guard let program = words.first, program != "cat" else {
            return nil
        }
        return Pager(words: words, isSecure: false)
    }

    /// Whether somebody else's rights must not reach a shell: SYSTEMD_PAGERSECURE decides, else
    /// sudo and a changed user.
    private static func needsSecurity() -> Bool {
        if let secure = Host.environment("SYSTEMD_PAGERSECURE") {
            return !["0", "no", "n", "false", "f", "off"].contains(secure.lowercased())
        }
        return Host.environment("SUDO_UID") != nil || getuid() != geteuid()
    }

    /// Shows the text and waits until the reader has left; false if the pager did not start.
    func show(_ bytes: [UInt8]) -> Bool {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else {
            return false
        }
        for end in ends {
            // The pager would never see the end of its input if it held the other end itself.
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        let child = start(reading: ends[0])
        close(ends[0])
        defer {
            close(ends[1])
        }
        guard let child else {
            return false
        }
        // A reader who leaves early closes the pipe, which is no reason to die.
        signal(SIGPIPE, SIG_IGN)
        do throws(Host.FileError) {
            try Host.write(bytes, to: ends[1], name: "pager")
        } catch {
            wait(for: child, closing: &ends[1])
            return true
        }
        wait(for: child, closing: &ends[1])
        return true
    }

    private func wait(for child: pid_t, closing end: inout CInt) {
        close(end)
        end = -1
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {
            continue
        }
    }

    private func start(reading descriptor: CInt) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer {
            posix_spawn_file_actions_destroy(&actions)
        }
        posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO)
        setenv("LESS", Host.environment("SYSTEMD_LESS") ?? "FRSXMK", 1)
        setenv("LESSCHARSET", Host.environment("SYSTEMD_LESSCHARSET") ?? "utf-8", 1)
        if isSecure {
            setenv("LESSSECURE", "1", 1)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer {
            for argument in arguments {
                free(argument)
            }
        }
        var child: pid_t = 0
        let result = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
        return result == 0 ? child : nil
    }
}
