import Glibc

/// Room on the disk that is taken while there is plenty and given back when there is none.
///
/// In WAL mode even a deletion needs room (reliability T12), so a full disk would keep the daemon
/// from taking the results of work that is already done.
struct Ballast {
    private let path: String

    init(directory: String) {
        path = directory + "/ballast"
    }

    var exists: Bool { access(path, F_OK) == 0 }

    /// Takes the room unless it is there already; returns whether it is.
    func make(bytes: Int) -> Bool {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let error = posix_fallocate(descriptor, 0, max(1, bytes))
        close(descriptor)
        if error != 0 { free() }
        return error == 0
    }

    func free() {
        unlink(path)
    }
}
