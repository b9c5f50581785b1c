import Testing

@testable import Ledger

struct DigestTests {
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `a digest is SHA-256 and prints in lower case`() throws {
        let digest = Digest.sha256(Array("abc".utf8))
        #expect(digest.description == abc)
        #expect(Digest(abc) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(try CanonicalEncoder.encode(digest) == .string(abc))
        #expect(try CanonicalDecoder.decode(Digest.self, from: .string(abc)) == digest)
    }

    @Test func `other texts and lengths are no digests`() {
        #expect(Digest(abc.uppercased()) == nil)
        #expect(Digest(String(abc.dropLast(2))) == nil)
        #expect(Digest(String(abc.dropLast())) == nil)
        #expect(Digest(abc + "00") == nil)
        #expect(Digest("zz" + abc.dropFirst(2)) == nil)
        #expect(Digest(bytes: Array(repeating: 0, count: 31)) == nil)
    }

    @Test func `digests sort by their bytes`() throws {
        let low = try #require(Digest(bytes: [0x7f] + Array(repeating: 0xff, count: 31)))
        let high = try #require(Digest(bytes: [0x80] + Array(repeating: 0x00, count: 31)))
        #expect(low < high)
        #expect(!(high < low))
        #expect(!(low < low))
    }

    @Test func `a commitment hashes label, salt and text`() {
        let salt = Array(UInt8(0)..<16)
        // By Python: sha256(b"duban-commitment-v1\n" + bytes(range(16)) + "张三".encode())
        let expected = "9dd53c96472b15a74cb638a8647cc3985a9ad6126095e4298ee3faebd8ec6bb0"
        #expect(Commitment.digest(salt: salt, text: "张三").description == expected)
        #expect(Commitment.digest(salt: salt.reversed(), text: "张三").description != expected)
        #expect(Commitment.digest(salt: salt, text: "张四").description != expected)
    }

    // RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is that of RFC 4648`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text.utf8) == Array(plain.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Z===", "Zm9v\n", "Zm-v", " Zm9v",
        "=g==",
    ])
    func `any other base64 is refused`(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
