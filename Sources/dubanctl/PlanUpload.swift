import DubanAPI
import Ledger
import Messages
import PlanFile
import Supervision

/// A plan file that was checked here and can be sent to the daemon.
struct PlanUpload {
    /// What the file is called, without its folder.
    let name: String
    /// The SHA-256 of its bytes.
    let digest: String
    /// What it says.
    let plan: Plan
    private let text: String

    /// The largest piece of an upload, in bytes of UTF-8.
    private static let pieceLimit = 48 << 10

    /// Reads a file, so that every mistake is named here, where the file's name is known, before
    /// anything is sent.
    ///
    /// - Throws: ``Failure`` with a line for each mistake, or `Host.FileError`.
    init(_ file: String, _ files: PlanFileOptions) throws {
        let bytes = try Host.contents(file)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(file): not valid UTF-8")
        }
        do throws(PlanProblems) {
            plan = try files.reader(for: file).read(text, name: file)
        } catch {
            throw Failure(code: 1, lines: error.problems.map { Escape.line($0.description) })
        }
        self.text = text
        name = file.split(separator: "/").last.map { String($0) } ?? file
        digest = Digest.sha256(bytes).description
    }

    /// Sends the text in pieces.
    ///
    /// - Throws: ``Failure`` if the daemon does not take it.
    func send(_ session: Session) async throws {
        var offset: Int64 = 0
        for piece in TextPieces.split(text, limit: Self.pieceLimit) {
            let call = PlanAPI.UploadCall(digest: digest, offset: offset, data: piece)
            let method = PlanAPI.name + ".Upload"
            _ = try await session.ask(method, call, PlanAPI.UploadReply.self)
            offset += Int64(piece.utf8.count)
        }
    }
}
