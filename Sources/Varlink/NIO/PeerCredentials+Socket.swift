import Glibc
import NIOCore

extension PeerCredentials {
    /// Asks the kernel who opened the other end of a channel; call it on the channel's loop.
    ///
    /// - Throws: `IOError` when the kernel refuses, `ChannelError` when the channel is closed.
    init(of channel: any Channel) throws {
        let operations = channel.pipeline.syncOperations
        let peer = try operations.withUnsafeTransportIfAvailable(of: CInt.self) { descriptor in
            try PeerCredentials(descriptor: descriptor)
        }
        guard let peer else { throw ChannelError.ioOnClosedChannel }
        self = peer
    }

    /// Asks the kernel who opened the other end of a connected unix socket.
    ///
    /// - Throws: `IOError` when the kernel refuses.
    init(descriptor: CInt) throws(IOError) {
        // struct ucred: pid, uid, gid.
        var words: [UInt32] = [0, 0, 0]
        _ = try Self.read(descriptor, SO_PEERCRED, &words)
        let pid = Int32(bitPattern: words[0])
        let groups = try Self.groups(descriptor)
        self.init(uid: words[1], gid: words[2], pid: pid, groups: groups)
    }

    private static func groups(_ descriptor: CInt) throws(IOError) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 64)
        // The kernel answers ERANGE and the needed length when there are more groups.
        while true {
            do {
                let count = try read(descriptor, SO_PEERGROUPS, &groups)
                return Array(groups.prefix(count))
            } catch  where error.errnoCode == ERANGE {
                groups = [UInt32](repeating: 0, count: groups.count * 4)
            }
        }
    }

    /// Reads a socket option as words; returns how many there were.
    private static func read(
        _ descriptor: CInt,
        _ option: CInt,
        _ words: inout [UInt32]
    ) throws(IOError) -> Int {
        var length = socklen_t(words.count * MemoryLayout<UInt32>.stride)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, option, &words, &length)
        if result != 0 { throw IOError(errnoCode: errno, reason: "getsockopt") }
        return Int(length) / MemoryLayout<UInt32>.stride
    }
}
