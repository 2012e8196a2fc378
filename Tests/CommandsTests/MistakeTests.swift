import Testing

@testable import Commands

@Suite struct MistakeTests {
    @Test(arguments: [
        ("zed-latest", true), ("1", true), ("_a.B-c", true), (String(repeating: "a", count: 128), true),
        ("", false), ("a b", false), ("-a", false), (".a", false), ("a:b", false), ("ä", false),
        (String(repeating: "a", count: 129), false),
    ])
    func knowsTags(text: String, isTag: Bool) {
        #expect(Commands.isTag(text) == isTag)
    }
}
