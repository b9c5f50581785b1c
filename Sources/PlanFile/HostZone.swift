import CivilTime

/// Finds the zone that the host is set to.
enum HostZone {
    /// Returns the name behind a link such as `/etc/localtime`, else the one in a file such as
    /// `/etc/timezone`, else `UTC`.
    static func name(link: String, file: String) -> String {
        if let target = InputFile.linkTarget(link), let name = zone(inPath: target) {
            return name
        }
        do throws(InputFile.Failure) {
            let text = try InputFile.text(file)
            let line = text.split(separator: "\n").first.map(String.init) ?? ""
            if Zone.isValidName(line) { return line }
        } catch {
            // A host without either file runs on UTC, as glibc does.
        }
        return "UTC"
    }

    /// Returns what stands behind `zoneinfo/`, without the tree of files that count no leap seconds.
    private static func zone(inPath path: String) -> String? {
        var parts = path.split(separator: "/").map(String.init)
        guard let index = parts.lastIndex(of: "zoneinfo") else { return nil }
        parts.removeSubrange(...index)
        if parts.first == "posix" {
            parts.removeFirst()
        }
        let name = parts.joined(separator: "/")
        return Zone.isValidName(name) ? name : nil
    }
}
