import ArgumentParser
import DubanAPI
import Glibc
import Ledger
import Messages
import Varlink

/// `dubanctl ledger`.
struct LedgerVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify and export the ledger.",
        subcommands: [
            LedgerVerifyVerb.self, LedgerExportVerb.self, LedgerCheckpointVerb.self,
        ]
    )
}

/// `dubanctl ledger verify`.
struct LedgerVerifyVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the ledger: the daemon's own, or an export, without the daemon."
    )

    @Argument(help: "An export; - is the standard input.")
    var file: String?

    @Option(
        help: ArgumentHelp("The verifier key that you trust, for an export.", valueName: "vkey")
    )
    var key: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if key != nil, file == nil {
            throw ValidationError("--key goes with an export FILE.")
        }
        if let key, VerifierKey(key) == nil {
            throw ValidationError(
                "--key takes NAME+HASH+KEY, as dubanctl ledger checkpoint prints."
            )
        }
    }

    func execute(_ session: Session) async throws {
        let found = if let file { try offline(file) } else { try await online(session) }
        if session.console.layout != nil {
            try session.console.show(found.json)
        } else {
            let language = session.console.language
            let lines =
                file == nil
                ? LedgerText.online(found.verdict, language)
                : LedgerText.offline(found.verdict, language)
            try session.console.show(lines)
        }
        guard found.problems.isEmpty else {
            throw Failure(code: 1, lines: found.problems.map { Escape.line($0) })
        }
    }

    /// What a verification gave.
    fileprivate struct Found {
        let json: JSON
        let verdict: LedgerText.Verdict
        let problems: [String]
    }

    private func online(_ session: Session) async throws -> Found {
        var problems: [RecordAPI.Problem] = []
        var cursor: String?
        while true {
            let call = RecordAPI.VerifyCall(cursor: cursor)
            let method = RecordAPI.name + ".Verify"
            let answer = try await session.ask(method, call, RecordAPI.VerifyReply.self)
            problems += answer.reply.problems
            cursor = answer.reply.cursor
            guard answer.reply.done else {
                session.console.progress("\(answer.reply.checked)/\(answer.reply.size)")
                continue
            }
            session.console.progress("")
            var reply = answer.reply
            reply.problems = problems
            return try Found(online: reply)
        }
    }

    private func offline(_ file: String) throws -> Found {
        var verifier = ExportVerifier(key: key.flatMap { VerifierKey($0) })
        try Host.read(file) { verifier.feed($0) }
        let problems = verifier.finish()
        return try Found(verifier, problems)
    }
}

extension LedgerVerifyVerb.Found {
    fileprivate init(online reply: RecordAPI.VerifyReply) throws {
        json = try JSONCoder.encode(reply)
        problems = reply.problems.map { $0.place + ": " + $0.what }
        verdict = LedgerText.Verdict(
            origin: reply.origin,
            size: reply.size,
            root: reply.root,
            problems: reply.problems.count,
            isSimulation: false,
            isPinned: true
        )
    }

    /// The JSON of an offline verification has the fields of the online one.
    fileprivate init(_ verifier: ExportVerifier, _ found: [Ledger.Problem]) throws {
        let origin = verifier.checkpoint?.origin
        let reply = RecordAPI.VerifyReply(
            cursor: "",
            checked: Int64(verifier.leaves),
            size: Int64(verifier.checkpoint?.size ?? verifier.leaves),
            done: true,
            origin: origin ?? "",
            root: verifier.root.description,
            problems: found.map { RecordAPI.Problem(place: $0.place, what: $0.what) }
        )
        json = try JSONCoder.encode(reply)
        problems = found.map(\.description)
        verdict = LedgerText.Verdict(
            origin: origin,
            size: Int64(verifier.leaves),
            root: reply.root,
            problems: found.count,
            isSimulation: verifier.isSimulation,
            isPinned: verifier.keyIsPinned
        )
    }
}

/// `dubanctl ledger export`.
struct LedgerExportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the whole ledger in the form that a third party can verify."
    )

    @Argument(help: "The file to write; without it, the standard output.")
    var file: String?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        guard let file else {
            return try await pages(session) { try session.console.write($0) }
        }
        // A file of this name is whole: it gets its name after the last page.
        let partial = file + ".partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Host.FileError(partial, errno)
        }
        do {
            try await pages(session) { try Host.write($0, to: descriptor, name: partial) }
            guard fsync(descriptor) == 0, rename(partial, file) == 0 else {
                throw Host.FileError(file, errno)
            }
            close(descriptor)
        } catch {
            close(descriptor)
            unlink(partial)
            throw error
        }
    }

    private func pages(_ session: Session, _ write: ([UInt8]) throws -> Void) async throws {
        var seq: Int64?
        var size: Int64?
        repeat {
            let call = RecordAPI.ExportCall(seq: seq, size: size)
            let method = RecordAPI.name + ".Export"
            let answer = try await session.ask(method, call, RecordAPI.ExportReply.self)
            try write(Array(answer.reply.text.utf8))
            seq = answer.reply.next
            size = answer.reply.size
            session.console.progress(seq.map { "\($0)/\(answer.reply.size)" } ?? "")
        } while seq != nil
    }
}

/// `dubanctl ledger checkpoint`.
struct LedgerCheckpointVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the newest signed checkpoint and the key that verifies it."
    )

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = RecordAPI.CheckpointCall()
        let method = RecordAPI.name + ".Checkpoint"
        let answer = try await session.ask(method, call, RecordAPI.CheckpointReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        try session.console.show(LedgerText.checkpoint(answer.reply, session.console.language))
    }
}
