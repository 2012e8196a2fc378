import Testing

@testable import Clouds

@Suite struct HiddenSecretsTests {
    @Test(arguments: [
        ("password = MinkeHidesThisSecret", "password = (secret)"), ("key = MinkeHidesThisSe", "key = (secret)"),
        ("key = HidesThisSecret/x", "key = (secret)/x"),
        ("a MinkeHidesThisSecretMinkeHidesThisSecret b", "a (secret)(secret) b"),
        ("Minke hides nothing", "Minke hides nothing"), ("é MinkeHid é", "é (secret) é"), ("", ""),
    ])
    func secretsAreHiddenAlsoInPart(text: String, expected: String) {
        #expect(HiddenSecrets.hide(in: text) == expected)
    }
}
