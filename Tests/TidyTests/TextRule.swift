/// Rules about Markdown files and about texts of any kind.
enum TextRule {
    /// Returns the targets that a manifest declares, without those of tests.
    static func targets(inManifest text: String) -> [String] {
        let pattern = #/\.(?:target|executableTarget|systemLibrary)\(\s*name: "([A-Za-z]+)"/#
        return text.matches(of: pattern).map { String($0.output.1) }
    }

    /// Returns the targets without a paragraph: one that begins with the target's name in bold,
    /// alone or after others, as in `**One** and **Two** are …`.
    static func targetsWithoutParagraph(_ targets: [String], in text: String) -> [String] {
        let names = text.split(separator: "\n").flatMap { line -> [String] in
            let pattern = #/(?:\*\*[A-Za-z]+\*\*(?:, | and )?)+/#
            guard let head = line.prefixMatch(of: pattern)?.output else { return [] }
            return head.split(whereSeparator: { !$0.isLetter }).map(String.init)
        }
        return targets.filter { !names.contains($0) }
    }

    /// Returns the lines of Markdown with the lines of code fences blanked out.
    static func prose(of text: String) -> [Substring] {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isFence = line.drop { $0 == " " }.hasPrefix("```")
            if isFence { isCode.toggle() }
            return isFence || isCode || line.hasPrefix("    ") ? "" : line
        }
    }

    /// Returns a finding unless the file has one title, on its first line that is not empty.
    static func titleFindings(in file: SourceFile) -> [Finding] {
        let lines = prose(of: file.text)
        let titles = lines.indices.filter { lines[$0].hasPrefix("# ") }
        let first = lines.firstIndex { !$0.isEmpty }
        guard titles.count == 1, titles.first == first else {
            let line = (titles.dropFirst().first ?? titles.first ?? 0) + 1
            let message =
                "a Markdown file has one `# Title`, on its first line; this one has "
                + "\(titles.count)"
            return [Finding(path: file.path, line: line, message: message)]
        }
        return []
    }

    /// Returns the relative links of a file that lead nowhere.
    static func linkFindings(in file: SourceFile, exists: (String) -> Bool) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in prose(of: file.text).enumerated() {
            for match in line.matches(of: #/\]\(([^)\s]+)\)/#) {
                let target = String(match.output.1.prefix { $0 != "#" })
                guard !target.isEmpty, !target.contains("://"), !target.hasPrefix("mailto:"),
                    !exists(resolve(target, from: file.path))
                else { continue }
                let message = "the link \(target) leads nowhere"
                findings.append(Finding(path: file.path, line: index + 1, message: message))
            }
        }
        return findings
    }

    /// Returns a path below the root for a link in a file.
    static func resolve(_ link: String, from path: String) -> String {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// Returns the places at which a text names a path of the machine it was written on.
    static func machinePaths(in file: SourceFile) -> [Finding] {
        let pattern = #/(?:^|[^A-Za-z0-9_.\-}>])\/(?:work|farm|root|home)\/[a-z]/#
        return file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                guard line.contains(pattern) else { return nil }
                let message = "a path of one machine: say it relative to the tree"
                return Finding(path: file.path, line: index + 1, message: message)
            }
    }
}
