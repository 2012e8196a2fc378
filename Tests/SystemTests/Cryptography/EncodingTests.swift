import Cryptography
import Testing

@Suite struct EncodingTests {
    /// The test vectors of RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func writesAndReadsBase64(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test func hasTwoAlphabets() {
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
        #expect(Base64.encode([0xFB, 0xFF, 0xBF], .urlSafe) == "-_-_")
        #expect(Base64.decode("-_-_") == [0xFB, 0xFF, 0xBF])
        #expect(Base64.decode("Zm9v\nYmFy\n") == Array("foobar".utf8))
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z=g=", "Zm9v!mFy", "====", "Zg==Zg==", "ü€"])
    func refusesWhatIsNotBase64(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func writesAndReadsHex() {
        #expect(Hex.encode([0x00, 0x7F, 0xFF]) == "007fff")
        #expect(Hex.decode("007FfF") == [0x00, 0x7F, 0xFF])
        #expect(Hex.decode("") == [])
        #expect(Hex.decode("0") == nil)
        #expect(Hex.decode("0g") == nil)
    }

    @Test func generatesSecretsOfEachKind() throws {
        let password = try SecretGenerator.password()
        #expect(password.utf8.count == 32)
        #expect(password.utf8.allSatisfy { Base64.decode("AAA" + String(Character(Unicode.Scalar($0)))) != nil })
        #expect(!password.contains { "+/-_=".contains($0) })
        #expect(try SecretGenerator.password(length: 0) == "")
        #expect(try SecretGenerator.password(length: 500).utf8.count == 500)
        #expect(Hex.decode(try SecretGenerator.hex())?.count == 32)
        #expect(try SecretGenerator.hex(digits: 7).utf8.count == 7)
        let key = try SecretGenerator.fernetKey()
        #expect(key.utf8.count == 44)
        #expect(Base64.decode(key)?.count == 32)
        #expect(!key.contains("+") && !key.contains("/"))
        let uuid = Array(try SecretGenerator.uuid())
        #expect(uuid.count == 36)
        #expect([8, 13, 18, 23].allSatisfy { uuid[$0] == "-" })
        #expect(uuid[14] == "4" && "89ab".contains(uuid[19]))
    }

    @Test func neverGeneratesTheSameAgain() throws {
        let passwords = try (0..<100).map { _ in try SecretGenerator.password(length: 16) }
        #expect(Set(passwords).count == 100)
        // Each of the 62 characters is among the 1,600; the chance that one is missing is below 1 in 10**9.
        #expect(Set(passwords.joined()).count == 62)
    }
}
