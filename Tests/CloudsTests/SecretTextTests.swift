import Recipes
import Testing

@testable import Clouds

@Suite struct SecretTextTests {
    private func told(_ text: String, _ change: (inout SecretRecipe) -> Void = { _ in }) -> String? {
        var recipe = SecretRecipe(name: "key")
        change(&recipe)
        return SecretText(text, of: recipe).problem(file: "seal").map { "\($0.complaint); \($0.remedy)" }
    }

    @Test(arguments: ["hunter2", "a-b.c_d~e=", "0", "p#a&s\\w$o%r@d:/'\"!{}x", "two words", "'quoted'"])
    func takesWhatIsPrintable(text: String) {
        #expect(told(text) == nil)
    }

    @Test(arguments: [
        (" word", "seal:1:1 has U+0020, which programs leave out there"),
        ("word ", "seal:1:5 has U+0020, which programs leave out there"),
        ("pass\tword", "seal:1:5 has U+0009, which not every program reads as it is"),
        ("passw\u{f6}rd", "seal:1:6 has U+00F6, which not every program reads as it is"),
        ("x\u{1F600}", "seal:1:2 has U+1F600, which not every program reads as it is"),
    ])
    func tellsTheFirstCharacterThatIsNotAndNothingElse(text: String, expected: String) {
        #expect(told(text) == expected + "; it has printable characters of ASCII, and no blank at its ends")
    }

    @Test func recipesSayWhatTheirProgramsDoNotTake() {
        #expect(told("a:b") { $0.without = "/" } == nil)
        #expect(
            told("a:b/c") { $0.without = "/" } == "seal:1:4 has U+002F, which programs that read key do not take; "
                + "it has printable characters of ASCII, none of /, and no blank at its ends")
    }

    @Test(arguments: [
        (SecretRecipe.Kind.fernetKey, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_8="),
        (.cephKey, "AQD5bGhlAAAAABAA3q2+78r+ur4AESIzRFVmdw=="),
        (.hex, String(repeating: "0aF9", count: 16)), (.uuid, "01234567-89ab-cdef-0123-456789ABCDEF"),
    ])
    func takesTheWholeFormOfAKind(kind: SecretRecipe.Kind, text: String) {
        #expect(told(text) { $0.kind = kind } == nil)
        for wrong in [text + "0", String(text.dropLast()), "abc", String(text.dropLast()) + "~"] {
            #expect(told(wrong) { $0.kind = kind } != nil, "\(wrong)")
        }
    }

    @Test func aCipherKeyHas32CharactersOfAnyKind() {
        let key = "p#a&s\\w$o%r@d:/'\"!{}x two word12"
        #expect(key.count == 32)
        #expect(told(key) { $0.kind = .cipherKey } == nil)
        #expect(
            told(key + "3") { $0.kind = .cipherKey } == "seal has 33 characters and is no key of 32; "
                + "it has 32 printable characters of ASCII, as `openssl rand -hex 16` makes it")
        #expect(told(key.dropLast() + "\u{f6}") { $0.kind = .cipherKey } != nil)
    }

    @Test func tellsTheFormOfAKindAndNothingOfTheSecret() {
        #expect(
            told("abc") { $0.kind = .fernetKey } == "seal has 3 characters and is no Fernet key; "
                + "it is URL-safe Base64 of 32 bytes, 44 characters, as `openssl rand -base64 32 | tr +/ -_` makes it")
        #expect(
            told("ab$cd") { $0.kind = .hex } == "seal:1:3 has U+0024, which no hex has; "
                + "it has 64 hexadecimal digits, as `openssl rand -hex 32` makes it")
        #expect(
            told("x") { $0.kind = .uuid }
                == "seal has 1 characters and is no UUID; it is a UUID, as `uuidgen` makes it")
    }
}
