import Testing

@testable import Ledger

struct CheckpointTests {
    /// Known answers: golang.org/x/mod/sumdb/note and the page c2sp.org/signed-note.
    static let notes: [(String, String)] = [
        (
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn\
            gotpRZb6KE6RyyBwJnAM=

            """
        ),
        (
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH\
            3mFXmRKuwHjG1Yu72IneyaQM=

            """
        ),
    ]

    @Test(arguments: notes)
    func `published notes open with their keys`(key: String, note: String) throws {
        let verifier = try #require(VerifierKey(key))
        #expect(verifier.description == key)
        let text = try SignedNote.open(note, with: verifier)
        #expect(note.hasPrefix(text + "\n— "))
    }

    @Test(arguments: notes)
    func `published notes with one bit flipped are refused`(key: String, note: String) throws {
        let verifier = try #require(VerifierKey(key))
        let bytes = Array(note.utf8)
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                guard let text = String(validating: changed, as: UTF8.self) else { continue }
                #expect(throws: CheckpointError.self, "byte \(index) bit \(bit)") {
                    try SignedNote.open(text, with: verifier)
                }
            }
        }
    }

    @Test(arguments: notes)
    func `published keys with one bit flipped are refused`(key: String, note: String) {
        let bytes = Array(key.utf8)
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << UInt8(bit)
                let text = String(decoding: changed, as: UTF8.self)
                #expect(VerifierKey(text) == nil, "byte \(index) bit \(bit)")
            }
        }
    }

    @Test func `the published secret signs the published note`() throws {
        let secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
        let seed = try #require(Base64.decode(secret.utf8)).dropFirst()
        let key = try SigningKey(name: "PeterNeumann", seed: Array(seed))
        #expect(key.verifier.description == Self.notes[0].0)
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """
        #expect(try key.sign(text: text) == Self.notes[0].1)
        #expect(key.description == "signing key PeterNeumann")
    }

    private let sample = Checkpoint(origin: "duban.example/a", size: 40, root: .sha256([]))

    @Test func `a body reads as it was written`() throws {
        let text = """
            duban.example/a
            40
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            alg sha256-rfc6962

            """
        #expect(sample.text == text)
        #expect(try Checkpoint(body: text) == sample)
        let bare = Checkpoint(origin: "a b", size: .max, root: .sha256([]), extensions: [])
        #expect(try Checkpoint(body: bare.text) == bare)
        let empty = Checkpoint(origin: "a", size: 0, root: .sha256([]), extensions: ["x", "y"])
        #expect(try Checkpoint(body: empty.text) == empty)
    }

    @Test func `the body of the C2SP page is read`() throws {
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            """
        let checkpoint = try Checkpoint(body: text)
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.extensions.isEmpty)
        #expect(checkpoint.text == text)
    }

    static let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    @Test(arguments: [
        "", "\n", "a\n", "a\n1\n", "a\n1\n\(root)", "\n1\n\(root)\n", "a\n01\n\(root)\n",
        "a\n+1\n\(root)\n", "a\n-1\n\(root)\n", "a\n18446744073709551616\n\(root)\n",
        "a\n1\n\(root)\n\n", "a\n1\n\(root)\n\nx\n", "a\n1\n47DEQpj8\n", "a\n1\n\(root) \n",
        "a\u{1}\n1\n\(root)\n", "a\r\n1\n\(root)\n", "a\n1\n\(root)\nx\ty\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
    ])
    func `any other body is refused`(body: String) {
        #expect(throws: CheckpointError.self) { try Checkpoint(body: body) }
    }

    @Test func `a signed checkpoint opens with the public key`() throws {
        let key = try SigningKey(name: "duban.example/a", seed: SigningKey.newSeed())
        let note = try key.sign(sample)
        let verifier = try #require(VerifierKey(key.verifier.description))
        #expect(verifier == key.verifier)
        #expect(try verifier.open(note) == sample)
        let other = try SigningKey(name: "duban.example/a", seed: SigningKey.newSeed())
        #expect(throws: CheckpointError.self) { try other.verifier.open(note) }
        let renamed = try SigningKey(name: "duban.example/b", seed: Array(repeating: 1, count: 32))
        #expect(throws: CheckpointError.unknownKey(expected: "duban.example/b")) {
            try renamed.verifier.open(note)
        }
    }

    @Test func `a checkpoint of another origin is neither signed nor opened`() throws {
        let key = try SigningKey(name: "duban.example/b", seed: Array(repeating: 1, count: 32))
        let wrong = CheckpointError.wrongOrigin(origin: "duban.example/a", key: "duban.example/b")
        #expect(throws: wrong) { try key.sign(sample) }
        let note = try key.sign(text: sample.text)
        #expect(throws: wrong) { try key.verifier.open(note) }
    }

    @Test func `a line that would break the note is not signed`() throws {
        let key = try SigningKey(name: "a", seed: Array(repeating: 1, count: 32))
        for line in ["", "x\ny", "x\u{0}"] {
            let bad = Checkpoint(origin: "a", size: 0, root: .sha256([]), extensions: [line])
            #expect(throws: CheckpointError.self) { try key.sign(bad) }
        }
    }

    @Test func `a note has exactly one signature`() throws {
        let key = try SigningKey(name: "duban.example/a", seed: Array(repeating: 1, count: 32))
        let note = try key.sign(sample)
        let line = try #require(note.split(separator: "\n").last)
        for changed in [
            note + line + "\n", note + "\n", note + "\n" + line + "\n", sample.text,
            sample.text + "\n", String(note.dropLast()), String(note.dropLast()) + " \n", "",
        ] {
            #expect(throws: CheckpointError.self) { try key.verifier.open(changed) }
        }
    }

    @Test(arguments: ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{1}"])
    func `a bad key name is refused`(name: String) {
        #expect(throws: CheckpointError.badName(name)) {
            try SigningKey(name: name, seed: Array(repeating: 1, count: 32))
        }
    }

    @Test func `a seed has 32 bytes`() {
        #expect(SigningKey.newSeed().count == 32)
        #expect(SigningKey.newSeed() != SigningKey.newSeed())
        #expect(throws: CheckpointError.badSeed(count: 31)) {
            try SigningKey(name: "a", seed: Array(repeating: 1, count: 31))
        }
    }
}
