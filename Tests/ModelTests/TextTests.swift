import Testing

@testable import Model

@Suite struct TextTests {
    @Test(arguments: [
        ("memcached\u{200B}", "memcachedU+200B"), ("1\u{A0}", "1U+00A0"), ("\u{FEFF}a", "U+FEFFa"), ("a b", "a b"),
        ("Größe", "Größe"), ("a\tb", "aU+0009b"),
    ])
    func namesWhatCannotBeSeen(text: String, visible: String) {
        #expect(VisibleText.of(text) == visible)
    }

    @Test func tellsWhereItStands() {
        #expect(VisibleText.firstHidden(in: "ab\u{A0}c")?.position == 3)
        #expect(VisibleText.firstHidden(in: "ab\u{A0}c")?.name == "U+00A0")
        #expect(VisibleText.firstHidden(in: "Ünïcödé 😀") == nil)
    }

    @Test(arguments: ["a\nb\n", "a\r\nb\r\n", "a\r\nb\n"])
    func linesEndInEitherWay(text: String) {
        #expect(textLines(text) == ["a", "b", ""])
        #expect(textLines(Substring(text).dropFirst()).first == "")
    }

    @Test func aCarriageReturnWithinALineStays() {
        #expect(textLines("a\rb\n\r\n") == ["a\rb", "", ""])
    }
}
