import Glibc

/// Standard error, for what is said before and after the log.
public enum StandardError {
    /// Writes lines, each after the program's name.
    public static func write(_ lines: [String]) {
        for line in lines {
            let bytes = Array("duband: \(line)\n".utf8)
            bytes.withUnsafeBytes { buffer in
                _ = Glibc.write(2, buffer.baseAddress, buffer.count)
            }
        }
    }
}
