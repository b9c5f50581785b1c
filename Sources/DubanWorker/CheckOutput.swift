import Messages
import Varlink

/// The output of an `inspect` job, as JSON text.
struct CheckOutput: Codable, Hashable {
    /// Absent when no exit code came: a signal, the time limit, a program that never ran.
    var exitCode: Int64?
    var line: String
    var perfdata: [Measure]?
    /// All that the program said, as far as it was kept.
    var text: String
    var durationMillis: Int64

    /// How many bytes the JSON text may have: a string on the wire holds 64 KiB.
    static let limit = 48 << 10

    init(_ end: ChildEnd, _ printed: PluginOutput) {
        if case .exited(let code) = end.cause { exitCode = Int64(code) }
        line = Escape.line(printed.line)
        perfdata = printed.measures.isEmpty ? nil : printed.measures
        let mark =
            end.isTruncated ? ["[more than \(ChildProcess.captureLimit) bytes: cut here]"] : []
        text = (Escape.lines(printed.text) + mark).joined(separator: "\n")
        durationMillis = end.durationMillis
    }

    /// Returns the output as JSON text within the limit: first the text gives way, then the data.
    ///
    /// - Throws: What the encoder throws.
    func json() throws -> String {
        var output = self
        var encoded = try JSONCoder.encode(output).text
        while encoded.utf8.count > CheckOutput.limit {
            if output.text.count > 64 {
                output.text = String(output.text.prefix(output.text.count / 2))
            } else if output.perfdata != nil {
                output.perfdata = nil
            } else {
                output.line = String(output.line.prefix(1_000))
            }
            encoded = try JSONCoder.encode(output).text
        }
        return encoded
    }
}
