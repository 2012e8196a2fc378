import Documents
import Model
import TestTools
import Testing

@Suite struct INIDocumentTests {
    private func document(_ pairs: [(String, String, [String])]) -> INIDocument {
        var document = INIDocument()
        for (section, key, values) in pairs { document.set(section, key, to: values) }
        return document
    }

    @Test func writesDefaultFirstAndRepeatsKeys() throws {
        let text = try document([
            ("database", "connection", ["mysql://a"]), ("DEFAULT", "debug", ["true"]),
            ("DEFAULT", "backend", ["a", "b"]),
            ("empty", "key", [""]),
        ]).text()
        #expect(
            text == """
                [DEFAULT]
                debug = true
                backend = a
                backend = b

                [database]
                connection = mysql://a

                [empty]
                key =

                """)
    }

    @Test func noValueCanBeginAKeyOrASection() throws {
        let text = try document([("a", "k", ["x\n[b]\nevil = 1\n# y"])]).text()
        #expect(text == "[a]\nk = x\n    [b]\n    evil = 1\n    # y\n")
        #expect(try INIDocument(parsing: text, file: "f")["a", "k"] == ["x\n[b]\nevil = 1\n# y"])
    }

    @Test func quotesWhatWouldBeStripped() throws {
        for value in [" a", "a ", "\"a\"", "'a'", "\"", "'", "a\"", "\u{a0}a", "\t", "\"a\" ", " a\nb"] {
            let text = try document([("s", "k", [value])]).text()
            #expect(try INIDocument(parsing: text, file: "f")["s", "k"] == [value], "\(text)")
        }
        #expect(try document([("s", "k", [" a"])]).text() == "[s]\nk = \" a\"\n")
    }

    @Test(arguments: [
        ("a\n\nb", "the value has an empty line after its first"),
        ("a\n b", "a line after the value's first begins or ends with white space"),
        ("a\n", "the value has an empty line after its first"),
        ("a\r\nb", "the value has a carriage return or a NUL"),
    ])
    func refusesValuesThatCannotBeReadBack(_ value: String, reason: String) {
        #expect(INIDocument.refusal(of: value) == reason)
        #expect(throws: INIError(section: "s", key: "k", reason: reason)) {
            try document([("s", "k", [value])]).text()
        }
    }

    @Test(arguments: ["", "a=b", "a:b", " a", "[a", "#a", "a\nb"])
    func refusesKeysThatCannotBeReadBack(_ key: String) {
        #expect(throws: INIError.self) { try document([("s", key, ["v"])]).text() }
    }

    @Test func refusesSectionsThatCannotBeReadBack() {
        #expect(throws: INIError.self) { try document([("", "k", ["v"])]).text() }
        #expect(throws: INIError.self) { try document([("a]\n[b", "k", ["v"])]).text() }
    }

    @Test func whatItWritesIsReadBackAsItWas() throws {
        var random = SeededGenerator(seed: 2)
        var written = 0
        for _ in 0..<5000 {
            var document = INIDocument()
            for _ in 0..<3 {
                let values = [random.text(), random.text()].filter { INIDocument.refusal(of: $0) == nil }
                let section = ["a", "b", "composite:c]"][Int.random(in: 0...2, using: &random)]
                document.set(section, ["k", "l"][Int.random(in: 0...1, using: &random)], to: values)
                written += values.count
            }
            let text = try document.text()
            let read = try INIDocument(parsing: text, file: "f")
            #expect(read.changes(from: document).isEmpty, "\(text)")
            #expect(document.changes(from: read).isEmpty, "\(text)")
        }
        #expect(written > 5000)
    }

    @Test func readsWhatOsloReads() throws {
        let read = try INIDocument(
            parsing: """
                # a comment
                [DEFAULT]
                a=1
                b : x = y
                c = "quoted"
                d = one
                    two
                  # three

                a = 2
                ; end
                [filter:x]
                paste.filter_factory = a:b
                """, file: "f")
        #expect(read["DEFAULT", "a"] == ["1", "2"])
        #expect(read["DEFAULT", "b"] == ["x = y"])
        #expect(read["DEFAULT", "c"] == ["quoted"])
        #expect(read["DEFAULT", "d"] == ["one\ntwo\n# three"])
        #expect(read["filter:x", "paste.filter_factory"] == ["a:b"])
        #expect(read.sections.map(\.name) == ["DEFAULT", "filter:x"])
    }

    @Test func readsEveryLineBreak() throws {
        #expect(try INIDocument(parsing: "[a]\r\nb = 1\r\nc = 2\rd = 3", file: "f")["a", "c"] == ["2"])
    }

    @Test func saysEverythingThatIsWrong() {
        do throws(Problems) {
            _ = try INIDocument(parsing: "early = 1\n[a\n[]\n[b]\n  more\nnothing\n= 1\n", file: "f.conf")
            Issue.record("accepted")
        } catch {
            #expect(
                error.description == """
                    f.conf:1:1: the key early stands before the first section
                    f.conf:2:2: the section's name has no ] at its end
                    f.conf:3:2: the section has no name
                    f.conf:5:1: an indented line goes on with a value, and there is none above it
                    f.conf:6:1: found "nothing", expected a section, or a key with = and a value
                    f.conf:7:1: the key has no name
                    """)
        }
    }

    @Test func mergesBySectionAndKey() throws {
        let base = document([("a", "x", ["1", "2"]), ("a", "y", ["3"]), ("b", "z", ["4"])])
        let over = document([("a", "x", ["5"]), ("c", "w", ["6"])])
        #expect(
            base.merging(over)
                == document([("a", "x", ["5"]), ("a", "y", ["3"]), ("b", "z", ["4"]), ("c", "w", ["6"])]))
    }

    @Test func removesASectionWithItsLastKey() {
        var small = document([("a", "x", ["1"]), ("b", "y", ["2"])])
        small["a", "x"] = []
        #expect(small == document([("b", "y", ["2"])]))
    }

    @Test func tellsWhatChanged() {
        let old = document([("a", "x", ["1"]), ("a", "y", ["2"]), ("b", "z", ["3", "4"])])
        let new = document([("a", "y", ["2"]), ("b", "z", ["4"]), ("c", "w", ["5"])])
        #expect(
            new.changes(from: old).map(\.description) == [
                "- [a] x = 1", "~ [b] z = 3, 4 -> 4", "+ [c] w = 5",
            ])
    }
}
