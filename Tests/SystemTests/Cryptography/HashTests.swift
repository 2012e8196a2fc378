import Cryptography
import Testing

@Suite struct HashTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("ü€", "efb65b779538006d489299318d8a96a512e6b42d1127d64a0afa38169c30c33a"),
    ])
    func hashesKnownTexts(_ text: String, _ digest: String) {
        #expect(SHA256.hex(of: text) == digest)
        #expect(SHA256.hex(of: Array(text.utf8)) == digest)
        #expect(Hex.encode(SHA256.digest(of: Array(text.utf8))) == digest)
    }

    @Test func hashesInPieces() {
        var hash = SHA256()
        for _ in 0..<1000 { hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 1000)) }
        #expect(hash.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func aCopyGoesItsOwnWay() {
        var one = SHA256()
        one.update("a")
        var other = one
        other.update("bc")
        #expect(other.hex() == SHA256.hex(of: "abc"))
        #expect(one.hex() == SHA256.hex(of: "a"))
        one.update("b")
        one.update("")
        #expect(one.hex() == SHA256.hex(of: "ab"))
        #expect(one.hex() == SHA256.hex(of: "ab"))
    }

    /// Test cases 1, 2, 3 and 6 of RFC 4231.
    @Test func authenticatesKnownMessages() throws {
        func code(_ key: [UInt8], _ message: [UInt8]) throws -> String {
            Hex.encode(try HMAC.sha256(key: key, message: message))
        }
        #expect(
            try code([UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            try HMAC.hex(key: "Jefe", message: "what do ya want for nothing?")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            try code([UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50))
                == "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")
        #expect(
            try code(
                [UInt8](repeating: 0xAA, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(try code([], []) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(HMAC.isEqual([1, 2], [1, 2]) && !HMAC.isEqual([1, 2], [1, 3]) && !HMAC.isEqual([1], [1, 2]))
    }
}
