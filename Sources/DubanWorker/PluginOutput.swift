/// What a check printed, by the guidelines of the Monitoring Plugins.
///
///     first line | performance data
///     more text
///     more text | more performance data
///     more performance data
struct PluginOutput: Hashable {
    /// The first line, without performance data.
    var line = ""
    /// All text, without performance data.
    var text = ""
    var measures: [Measure] = []

    init(_ output: String) {
        let lines = output.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        var kept: [Substring] = []
        var data: [Substring] = []
        var dataFollows = false
        for (index, whole) in lines.enumerated() {
            if dataFollows {
                data.append(whole)
                continue
            }
            let parts = whole.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            kept.append(PluginOutput.withoutTrailingSpace(parts[0]))
            if parts.count == 2 {
                data.append(parts[1])
                dataFollows = index > 0
            }
        }
        line = kept.first.map(PluginOutput.trimmed) ?? ""
        text = PluginOutput.trimmed(Substring(kept.joined(separator: "\n")))
        measures = data.flatMap(Measure.list)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(withoutTrailingSpace(text).drop(while: \.isWhitespace))
    }

    private static func withoutTrailingSpace(_ text: Substring) -> Substring {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
