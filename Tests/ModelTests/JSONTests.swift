import TestTools
import Testing

@testable import Model

@Suite struct JSONTests {
    @Test func readsEveryKind() throws {
        let value = try JSON.parse(#" {"a": [1, -2.5, 1e3, true, false, null], "b": {"c": "d"}, "e": [], "f": {}} "#)
        #expect(
            value == [
                "a": [1, .double(-2.5), .double(1000), true, false, nil], "b": ["c": "d"], "e": [], "f": [:],
            ])
    }

    @Test func readsEscapesAndSurrogates() throws {
        #expect(try JSON.parse(#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#) == "\"\\/\u{8}\u{c}\n\r\té😀")
        #expect(try JSON.parse(#""\uD83Dx""#) == "\u{FFFD}x")
        #expect(try JSON.parse(#""\uDE00\uD83D\u0041""#) == "\u{FFFD}\u{FFFD}A")
        #expect(try JSON.parse("\"Ünïcödé 😀\"") == "Ünïcödé 😀")
    }

    @Test func readsBigNumbers() throws {
        #expect(try JSON.parse("9223372036854775807") == .int(.max))
        #expect(try JSON.parse("-9223372036854775808") == .int(.min))
        #expect(try JSON.parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
        #expect(try JSON.parse("-123456789012345678901234567890") == .double(-1.2345678901234568e29))
        #expect(try JSON.parse("-0") == 0)
        #expect(try JSON.parse("0.1E-2") == .double(0.001))
    }

    @Test(arguments: [
        ("", "bad JSON at byte 0: expected a value, found the text's end"),
        ("[1 2]", "bad JSON at byte 3: expected ',' or ']', found '2'"),
        ("{\"a\" 1}", "bad JSON at byte 5: expected ':', found '1'"),
        ("{a:1}", "bad JSON at byte 1: expected a key in quotes, found 'a'"),
        ("{\"a\":1,}", "bad JSON at byte 7: expected a key in quotes, found '}'"),
        ("[1,]", "bad JSON at byte 3: expected a value, found ']'"),
        ("\"a", "bad JSON at byte 2: expected the string's closing quote, found the text's end"),
        ("\"\\", "bad JSON at byte 2: expected an escape, found the text's end"),
        ("\"\\u12", "bad JSON at byte 5: expected four hexadecimal digits, found the text's end"),
        ("\"\\x\"", "bad JSON at byte 2: expected one of the escapes \" \\ / b f n r t u, found 'x'"),
        ("\"\n\"", "bad JSON at byte 1: expected a character that is allowed in a string, found byte 10"),
        ("01", "bad JSON at byte 1: expected a number without leading zeros, found '1'"),
        ("1.", "bad JSON at byte 2: expected a digit, found the text's end"),
        ("-", "bad JSON at byte 1: expected a digit, found the text's end"),
        ("nul", "bad JSON at byte 0: expected a value, found 'n'"),
        ("1 x", "bad JSON at byte 2: expected the end, found 'x'"),
    ]) func saysWhatIsWrong(text: String, message: String) {
        let error = thrown(JSONError.self) { try JSON.parse(text) }
        #expect(error?.description == message)
    }

    @Test func limitsDepth() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(try JSON.parse(deep) != .null)
        let error = thrown(JSONError.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
        #expect(error?.message == "nested more than 200 deep")
    }

    @Test func printsSortedAndEscaped() throws {
        let value: Value = ["b": [1, .double(0.5), .double(.infinity)], "a": ["é\"\\\n\u{1}/", nil, true], "c": [:]]
        #expect(JSON.text(value) == #"{"a":["é\"\\\n\u0001/",null,true],"b":[1,0.5,null],"c":{}}"#)
        #expect(JSON.text(["a": [1], "b": [:]], indented: true) == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}")
        #expect(try JSON.parse(JSON.bytes(value))["a"] == value["a"])
    }
}
