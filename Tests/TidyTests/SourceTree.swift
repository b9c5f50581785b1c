import Foundation

/// One text file of the repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// The path below the root, with slashes.
    let path: String
    let text: String

    var description: String { path }

    /// The target below Sources that the file belongs to, if any.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isTest: Bool { path.hasPrefix("Tests/") }
}

/// What a rule has to say about a place.
struct Finding: CustomStringConvertible, Equatable {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}

/// The text files of the repository that people write.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let folders = [
        ".ci", "Sources", "Tests", "bench", "docs", "etc", "packaging", "scripts", "units",
    ]

    /// The files below the known folders and at the root.
    static let files: [SourceFile] = {
        let manager = FileManager.default
        var paths = (try? manager.contentsOfDirectory(atPath: root.path)) ?? []
        for folder in folders {
            let names = manager.enumerator(atPath: root.appendingPathComponent(folder).path)
            while let name = names?.nextObject() as? String {
                paths.append("\(folder)/\(name)")
            }
        }
        return paths.sorted().compactMap(read)
    }()

    static var swift: [SourceFile] { files.filter(\.isSwift) }

    /// Reads a file of the tree; folders, binaries and what tools leave behind are passed over.
    private static func read(_ path: String) -> SourceFile? {
        guard !path.contains("__pycache__") else { return nil }
        let url = root.appendingPathComponent(path)
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        guard exists, !isFolder.boolValue, let data = try? Data(contentsOf: url) else { return nil }
        return String(data: data, encoding: .utf8).map { SourceFile(path: path, text: $0) }
    }

    /// Returns the text of a file at the root.
    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
}
