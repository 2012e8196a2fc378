import Documents
import Model
import TestTools
import Testing

@Suite struct YAMLEmitterTests {
    @Test func writesBlocks() {
        let value: Value = [
            "clouds": [
                "demo": [
                    "auth": ["username": "admin", "password": "yes"], "verify": false, "regions": ["One", "Two"],
                ]
            ],
            "empty": ["list": [], "map": .map(ValueMap()), "nothing": nil],
            "hosts": [["name": "a", "ports": [80]], [[1, 2], "x"]],
        ]
        #expect(
            value.yaml == """
                clouds:
                  demo:
                    auth:
                      username: admin
                      password: "yes"
                    verify: false
                    regions:
                      - One
                      - Two
                empty:
                  list: []
                  map: {}
                  nothing: null
                hosts:
                  - name: a
                    ports:
                      - 80
                  -
                    -
                      - 1
                      - 2
                    - x

                """)
    }

    @Test(arguments: [
        ("plain text", "plain text"), ("no", "\"no\""), ("12", "\"12\""), ("1.5", "\"1.5\""), ("a: b", "\"a: b\""),
        ("http://a:80/x", "http://a:80/x"), ("a #b", "\"a #b\""), ("", "\"\""), (" a", "\" a\""),
        ("{{ a }}", "\"{{ a }}\""), ("*a", "\"*a\""), ("a\tb", "\"a\\tb\""), ("é", "\"é\""),
        ("\u{1b}", "\"\\x1B\""), ("2025-01-01", "\"2025-01-01\""), ("say \"x\"", "say \"x\""), ("~", "\"~\""),
        ("NULL", "\"NULL\""), ("a:", "\"a:\""), ("\u{feff}a", "\"\\uFEFFa\""),
    ])
    func quotesWhatAReaderWouldMistake(_ string: String, expected: String) {
        #expect(Value.map(["k": .string(string)]).yaml == "k: \(expected)\n")
    }

    @Test func writesLongTextsAsBlocks() {
        #expect(Value.map(["k": "a\n  b\n\nc\n"]).yaml == "k: |\n  a\n    b\n\n  c\n")
        #expect(Value.map(["k": "a\nb"]).yaml == "k: |-\n  a\n  b\n")
        #expect(Value.map(["k": " a\nb"]).yaml == "k: \" a\\nb\"\n")
        #expect(Value.map(["k": "a\n\n"]).yaml == "k: \"a\\n\\n\"\n")
    }

    @Test func whatItWritesIsReadBackAsItWas() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let value = Value.map(["k": random.value(depth: 3)])
            let text = value.yaml
            #expect(try YAMLNode.parse(text: text, file: "f").value == value, "\(text)")
        }
    }
}

extension ValueMap: ExpressibleByDictionaryLiteral {
    /// Creates a map of the pairs in their order.
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}
