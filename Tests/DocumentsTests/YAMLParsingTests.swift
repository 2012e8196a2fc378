import Documents
import Model
import Testing

/// The problems of a text, one a line, or `accepted`.
func refusal(of text: String) -> String {
    do throws(Problems) {
        _ = try YAMLNode.parse(text: text, file: "f.yaml")
        return "accepted"
    } catch {
        return error.description
    }
}

@Suite struct YAMLParsingTests {
    private func parse(_ text: String) throws -> YAMLNode { try YAMLNode.parse(text: text, file: "f.yaml") }

    @Test func typesPlainScalarsByTheCoreSchema() throws {
        let cases: [(String, Value)] = [
            ("~", nil), ("null", nil), ("", nil), ("true", true), ("False", false), ("yes", "yes"), ("no", "no"),
            ("on", "on"), ("12", 12), ("-7", -7), ("+7", 7), ("0", 0), ("0x1f", 31), ("0o17", 15), ("0600", "0600"),
            ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1e3", -1000.0), ("1e", "1e"), ("1.2.3", "1.2.3"),
            ("12:30", "12:30"), ("\"12\"", "12"), ("'true'", "true"), ("2025-01-01", "2025-01-01"),
            ("99999999999999999999", "99999999999999999999"), ("+", "+"), ("-", .list([nil])), (".", "."),
            ("!!str 12", "12"), ("! 12", "12"), ("!!int 12", 12), (".inf", .double(.infinity)), ("e5", "e5"),
        ]
        for (text, value) in cases {
            #expect(try parse(text).value == value, "\(text)")
        }
    }

    @Test func knowsThePlaceOfEveryKeyAndValue() throws {
        let node = try parse("a: 1\nb:\n  - x\n  - {c: \"d\"}\n")
        #expect(node.entry("b")?.keyPlace == Place(file: "f.yaml", line: 2, column: 1))
        #expect(node["b"]?.items?[0].place == Place(file: "f.yaml", line: 3, column: 5))
        #expect(node["b"]?.items?[1]["c"]?.place == Place(file: "f.yaml", line: 4, column: 9))
        #expect(node["b"]?.items?[1]["c"]?.textPlace == Place(file: "f.yaml", line: 4, column: 10))
    }

    @Test func knowsWhereTheTextOfABlockBegins() throws {
        let node = try parse("a:\n  b: |\n      first\n      second\n")
        #expect(node["a"]?["b"]?.value == "first\nsecond\n")
        #expect(node["a"]?["b"]?.textPlace == Place(file: "f.yaml", line: 3, column: 7))
    }

    @Test func keepsTheOrderOfKeys() throws {
        #expect(try parse("z: 1\na: 2\nm: 3\n").value.map?.keys == ["z", "a", "m"])
    }

    @Test func repeatsWhatAnAliasNames() throws {
        let node = try parse("a: &x {b: [1]}\nc: *x\nd: *x\n")
        #expect(node.value == ["a": ["b": [1]], "c": ["b": [1]], "d": ["b": [1]]])
        #expect(node["c"]?["b"]?.place == Place(file: "f.yaml", line: 1, column: 11))
    }

    @Test func mergesMappings() throws {
        let node = try parse(
            """
            base: &base {host: a, mask: 16}
            more: &more {host: b, state: up}
            one: {<<: *base, mask: 24}
            two: {x: 1, <<: [*more, *base], y: 2}
            three: {"<<": 1}
            """)
        #expect(node["one"]?.value == ["host": "a", "mask": 24])
        #expect(node["two"]?.value == ["x": 1, "host": "b", "state": "up", "mask": 16, "y": 2])
        #expect(node["two"]?.value.map?.keys == ["x", "host", "state", "mask", "y"])
        #expect(node["three"]?.value == ["<<": 1])
    }

    @Test func anEmptyTextIsNull() throws {
        #expect(try parse("").isNull)
        #expect(try parse("# nothing\n").isNull)
        #expect(try parse("---\n...\n").isNull)
    }

    @Test func refusesDuplicateKeysAllAtOnce() {
        #expect(
            refusal(of: "a: 1\nb: {c: 1, c: 2}\na: 3\n") == """
                f.yaml:2:11: the key "c" is given twice, first in line 2; remove one of the two
                f.yaml:3:1: the key "a" is given twice, first in line 1; remove one of the two
                """)
    }

    @Test func refusesDuplicateKeysInLongMappings() {
        let text = (0..<40).map { "k\($0): 1\n" }.joined()
        #expect(refusal(of: text) == "accepted")
        #expect(
            refusal(of: text + "k3: 2\nk39: 2\n") == """
                f.yaml:41:1: the key "k3" is given twice, first in line 4; remove one of the two
                f.yaml:42:1: the key "k39" is given twice, first in line 40; remove one of the two
                """)
    }

    @Test(arguments: refused)
    func refuses(_ text: String, message: String) {
        #expect(refusal(of: text) == message)
    }

    /// The type is explicit, since Swift 6.0 cannot infer that of so long a list in time.
    private static let refused: [(text: String, message: String)] = [
        (
            "a: b: c\n",
            "f.yaml:1:5: this is not YAML: mapping values are not allowed in this context; "
                + "put a text that contains \": \" in quotes"
        ),
        (
            "a:\n\t- b\n",
            "f.yaml:2:1: this is not YAML: found character that cannot start any token while scanning for the next "
                + "token that begins in line 2; indent with spaces, not with tabs"
        ),
        (
            "a: @b\n",
            "f.yaml:1:4: this is not YAML: found character that cannot start any token while scanning for the next "
                + "token that begins in line 1; put the text in quotes"
        ),
        (
            "a: [1, 2\nb: 3\n",
            "f.yaml:2:2: this is not YAML: did not find expected ',' or ']' while parsing a flow sequence "
                + "that begins in line 1"
        ),
        (
            "a: {{ b }}\n",
            "f.yaml:1:5: a key is a mapping, expected a text; put a text that begins with { or [ in quotes"
        ),
        (
            "a: 1\nb: \u{1}\n",
            "f.yaml:2:4: this is not YAML: control characters are not allowed; "
                + "remove the character, or write it escaped in a text in double quotes"
        ),
        ("a: *b\n", "f.yaml:1:4: the alias *b has no anchor above it"),
        (
            "base: &base 1\na: *bsae\n",
            "f.yaml:2:4: the alias *bsae has no anchor above it; did you mean *base?"
        ),
        ("a: &a [*a]\n", "f.yaml:1:8: the alias *a lies in its own anchor"),
        (
            "a: 1\n---\nb: 2\n",
            "f.yaml:2:1: a second document begins here, and a file holds one; move it to a file of its own"
        ),
        ("a: !env X\n", "f.yaml:1:4: the tag !env does not fit here; write the value without a tag"),
        ("a: !!int x\n", "f.yaml:1:4: the tag tag:yaml.org,2002:int does not fit here; write the value without a tag"),
        (
            "a: {<<: 5}\n",
            "f.yaml:1:9: the merge key << is given an integer, expected a mapping; "
                + "give it an alias of a mapping, or a list of such aliases"
        ),
    ]

    @Test func refusesTooDeepNesting() {
        let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(refusal(of: text) == "f.yaml:1:65: nodes are nested more than 64 levels deep")
    }

    @Test func refusesAnAliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(
            refusal(of: text)
                .hasSuffix(": the document has more than 200000 nodes once aliases are replaced"))
    }
}
