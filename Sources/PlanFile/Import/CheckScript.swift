/// Writes the scripts that an imported plan runs.
///
/// Each follows the contract of the Monitoring Plugins: it prints a line, and ends with 0 if the command
/// ended with 0, else with 2. Of what the command writes, the end is printed below that line.
struct CheckScript {
    /// Where the command comes from, in one line.
    let origin: String
    /// The name in the line that is printed.
    let name: String
    /// Lines of shell that come before the command.
    let preparation: [String]
    /// The command as shell, with its arguments quoted.
    let command: String
    /// What the command reads, nil for nothing.
    let input: String?

    /// Bytes of the command's output that are kept.
    private static let kept = 4_000

    /// The text of the script.
    var text: String {
        let delimiter = CheckScript.delimiter(for: input ?? "")
        let source = input == nil ? " </dev/null" : " <<'\(delimiter)'"
        let fed = input.map { "\n\($0)\n\(delimiter)" } ?? ""
        let label = name.uppercased()
        let lines = [
            "#!/bin/sh", "# \(CheckScript.comment(origin))",
            "# Exit status: 0 if the command ends with 0, else 2.", "set -u",
        ]
        return (lines + preparation).joined(separator: "\n") + """

            said=$({
                \(command)\(source) 2>&1\(fed)
                echo "status=$?"
            } | tail -c \(CheckScript.kept))
            status=${said##*status=}
            said=${said%status=*}
            # A bar would begin performance data.
            said=$(printf '%s' "$said" | tr '|' '/')
            if [ "$status" = 0 ]; then
                echo \(CheckScript.quoted("\(label) OK"))
                printf '%s\\n' "$said"
                exit 0
            fi
            echo \(CheckScript.quoted("\(label) CRITICAL - exit status "))"$status"
            printf '%s\\n' "$said"
            exit 2

            """
    }

    /// A word that no line of the input is.
    private static func delimiter(for input: String) -> String {
        var delimiter = "END_OF_INPUT"
        while input.split(separator: "\n").contains(where: { $0 == delimiter }) {
            delimiter += "_"
        }
        return delimiter
    }

    /// A text as one word of the shell.
    static func quoted(_ text: String) -> String {
        "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }

    /// A text that does not end its line of comment.
    private static func comment(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }))
    }
}
