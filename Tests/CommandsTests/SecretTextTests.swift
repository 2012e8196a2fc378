import Testing

@testable import Commands

@Suite struct SecretTextTests {
    @Test(arguments: ["hunter2", "a-b.c_d~e=", "0"])
    func takesWhatMeansItselfEverywhere(text: String) {
        #expect(SecretKeeper.complaint(about: text, file: "seal") == nil)
    }

    @Test(arguments: [
        ("pass%word", "seal:1:5 has %"), ("$word@x", "seal:1:1 has $"), ("pass word", "seal:1:5 has U+0020"),
        ("passw\u{f6}rd", "seal:1:6 has U+00F6"), ("x\u{1F600}", "seal:1:2 has U+1F600"),
    ])
    func tellsTheFirstCharacterThatDoesNotAndNothingElse(text: String, told: String) {
        #expect(
            SecretKeeper.complaint(about: text, file: "seal")
                == told + ", which has a meaning of its own in URLs, configuration files or SQL")
    }
}
