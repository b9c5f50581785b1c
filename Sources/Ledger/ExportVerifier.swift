/// A check of every byte of an export, in one pass and in bounded memory.
///
/// Feed the file in pieces of any size, then call `finish`. It works on bytes: a file that is no
/// valid UTF-8 is named like any other damage.
///
/// ```
/// header --line--> leaves --empty line--> note --finish--> done
///                     ^-----leaf line-------'   (an empty line that does not belong there)
/// ```
public struct ExportVerifier: Sendable {
    /// The longest line that is read, without its newline; a longer one is a problem.
    public static let maximumLineBytes = 4 << 20
    /// The number of problems that are kept; more are counted in one last problem.
    public static let maximumProblems = 100
    private static let maximumNoteBytes = 64 << 10

    private enum Section: Sendable {
        case header
        case leaves
        case note
    }

    private let pinned: VerifierKey?
    private var section = Section.header
    private var header: ExportHeader?
    private var tree = Tree()
    private var lines: UInt64 = 0
    private var expectedSeq: UInt64 = 0
    private var pending: [UInt8] = []
    private var pendingIsTooLong = false
    private var note: [UInt8] = []
    private var noteIsTooLong = false
    private var problems: [Problem] = []
    private var problemCount = 0

    /// The number of leaves whose line was found right.
    public private(set) var leaves: UInt64 = 0
    /// The checkpoint, once `finish` has found its signature right.
    public private(set) var checkpoint: Checkpoint?
    /// Whether the first leaf says that the ledger is a simulation's.
    public private(set) var isSimulation = false

    /// Creates a verification.
    ///
    /// - Parameter key: The key that the reader trusts; nil takes the export's own word for it.
    public init(key: VerifierKey?) {
        pinned = key
    }

    /// Whether the key came from the reader and not from the export itself.
    public var keyIsPinned: Bool { pinned != nil }

    /// The root of the leaves read so far.
    public var root: Digest { tree.root }

    /// Reads a piece of the export.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes of the file.
    ///   - leaf: Called with number and value of each leaf whose line is right. That no leaf is
    ///     missing or foreign is known after `finish` only.
    public mutating func feed(
        _ bytes: some Collection<UInt8>,
        leaf: (UInt64, CanonicalValue) -> Void = { _, _ in }
    ) {
        var rest = Array(bytes)[...]
        while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[..<newline])
            endLine(leaf)
            rest = rest[(newline + 1)...]
        }
        take(rest)
    }

    /// Reads one whole line and returns the first problem in it.
    ///
    /// - Parameters:
    ///   - line: The line without its newline.
    ///   - leaf: Called with number and value of a leaf whose line is right.
    /// - Returns: The problem, or nil.
    @discardableResult
    public mutating func feed(
        line: [UInt8],
        leaf: (UInt64, CanonicalValue) -> Void = { _, _ in }
    ) -> Problem? {
        let before = problems.count
        feed(line, leaf: leaf)
        endLine(leaf)
        return problems.count > before ? problems[before] : nil
    }

    /// Ends the verification and returns all problems; none means that every byte is right.
    public mutating func finish() -> [Problem] {
        if !pending.isEmpty {
            let place = place
            endLine { _, _ in }
            report(place, "cut short: there is no newline at its end")
        }
        switch section {
        case .header: report("line 1, header", "the export is empty")
        case .leaves: report(place, "the export ends here, in the leaves")
        case .note: finishNote()
        }
        if problemCount > problems.count {
            let more = problemCount - problems.count
            problems.append(Problem(place: "export", what: "\(more) more problems"))
        }
        return problems
    }
}

extension ExportVerifier {
    /// Where the line stands that is being read.
    private var place: String {
        switch section {
        case .header: "line \(lines + 1), header"
        case .leaves: "line \(lines + 1), leaf \(expectedSeq)"
        case .note: "line \(lines + 1), checkpoint"
        }
    }

    private mutating func report(_ place: String, _ what: String) {
        problemCount += 1
        guard problems.count < Self.maximumProblems else { return }
        problems.append(Problem(place: place, what: what))
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        let room = Self.maximumLineBytes - pending.count
        pendingIsTooLong = pendingIsTooLong || bytes.count > room
        pending += bytes.prefix(room)
    }

    private mutating func endLine(_ leaf: (UInt64, CanonicalValue) -> Void) {
        if pendingIsTooLong { report(place, "longer than \(Self.maximumLineBytes) bytes") }
        switch section {
        case .header: readHeader(pending)
        case .leaves: readLeaf(pending, leaf)
        case .note: readNote(pending, leaf)
        }
        lines += 1
        pending.removeAll(keepingCapacity: true)
        pendingIsTooLong = false
    }

    private mutating func readHeader(_ line: [UInt8]) {
        header = ExportHeader(line: line)
        if let header {
            if let pinned, header.key != pinned {
                report(place, "names the key \(header.key), not the given key \(pinned)")
            }
        } else {
            report(place, "must read \"\(ExportWriter.format) ORIGIN SIZE KEY\" with a valid key")
        }
        section = .leaves
    }

    private mutating func readLeaf(_ line: [UInt8], _ leaf: (UInt64, CanonicalValue) -> Void) {
        guard !line.isEmpty else {
            if let header, header.size != expectedSeq {
                report(place, "the leaves end here, the header promises \(header.size)")
            }
            section = .note
            return
        }
        guard let parsed = ExportLeafLine(line: line) else {
            report(place, "must read \"NUMBER HASH LEAF\"")
            expectedSeq += 1
            return
        }
        tree.append(leafHash: parsed.hash)
        if let what = wrong(with: parsed) {
            report(place, what)
        } else {
            do {
                let value = try CanonicalValue(canonical: parsed.leaf)
                if parsed.seq == 0 { isSimulation = Self.saysSimulation(value) }
                leaves += 1
                leaf(parsed.seq, value)
            } catch {
                report(place, "the leaf is not canonical: \(error)")
            }
        }
        // A lost or doubled line is named once: the count goes on from the number that was found.
        expectedSeq = parsed.seq == .max ? 0 : parsed.seq + 1
    }

    private func wrong(with line: ExportLeafLine) -> String? {
        guard line.seq == expectedSeq else {
            return "found the leaf \(line.seq) where \(expectedSeq) must follow"
        }
        guard Tree.leafHash(line.leaf) == line.hash else {
            return "the leaf's bytes do not have the hash \(line.hash)"
        }
        return nil
    }

    private static func saysSimulation(_ value: CanonicalValue) -> Bool {
        guard case .object(let members) = value else { return false }
        return members["action"] == .string("simulation")
    }

    private mutating func readNote(_ line: [UInt8], _ leaf: (UInt64, CanonicalValue) -> Void) {
        if note.isEmpty, ExportLeafLine(line: line) != nil {
            section = .leaves
            readLeaf(line, leaf)
            return
        }
        if note.isEmpty, line.isEmpty { report(place, "only one empty line ends the leaves") }
        guard note.count + line.count < Self.maximumNoteBytes else {
            noteIsTooLong = true
            return
        }
        note += line
        note.append(UInt8(ascii: "\n"))
    }

    private mutating func finishNote() {
        guard !noteIsTooLong else {
            report("checkpoint", "the note is longer than \(Self.maximumNoteBytes) bytes")
            return
        }
        guard let key = pinned ?? header?.key else {
            report("checkpoint", "cannot be checked: the header names no valid key")
            return
        }
        guard let text = String(validating: note, as: UTF8.self) else {
            report("checkpoint", "the signed note is not valid UTF-8")
            return
        }
        do {
            let signed = try key.open(text)
            compare(signed)
            checkpoint = signed
        } catch {
            report("checkpoint", error.description)
        }
    }

    private mutating func compare(_ signed: Checkpoint) {
        if let header, !header.origin.utf8.elementsEqual(signed.origin.utf8) {
            report(
                "line 1, header",
                "says the origin \(header.origin), the checkpoint says \(signed.origin)"
            )
        }
        if let header, header.size != signed.size {
            report(
                "line 1, header",
                "says the size \(header.size), the checkpoint says \(signed.size)"
            )
        }
        if signed.extensions != [Checkpoint.algorithm] {
            report("checkpoint", "its only extension line must be \"\(Checkpoint.algorithm)\"")
        }
        if tree.size != signed.size {
            report("checkpoint", "is of \(signed.size) leaves, the export has \(tree.size)")
        } else if tree.root != signed.root {
            report("checkpoint", "has the root \(signed.root), the leaves give \(tree.root)")
        }
    }
}
