import Model
import TestTools
import Testing

/// The coding of `Codable` types as values.
@Suite struct ValueCodingTests {
    private struct Inner: Codable, Hashable {
        var name: String
        var count: Int?
    }

    private enum Kind: String, Codable { case small, large }

    private struct Outer: Codable, Hashable {
        var zeta = true
        var alpha = [Inner(name: "one", count: 1), Inner(name: "two", count: nil)]
        var kind = Kind.large
        var ratio = 0.5
        var limit = Duration.milliseconds(1500)
        var address = IPv4Address(198, 18, 0, 1)
        var texts = ["b": "2", "a": "1"]
        var map = ValueMap([("x", .null), ("y", .int(1))])
        var big = UInt8.max
    }

    private let text = """
        {"address":"198.18.0.1","alpha":[{"count":1,"name":"one"},{"name":"two"}],"big":255,"kind":"large",\
        "limit":1.5,"map":{"x":null,"y":1},"ratio":0.5,"texts":{"a":"1","b":"2"},"zeta":true}
        """

    @Test func sortsKeysAndLeavesOutNil() throws {
        #expect(JSON.text(try Value(encoding: Outer())) == text)
    }

    @Test func readsItsOwnForm() throws {
        #expect(try JSON.parse(text).decode(Outer.self) == Outer())
    }

    @Test func leavesUnknownKeysAlone() throws {
        let value: Value = ["name": "one", "colour": "red"]
        #expect(try value.decode(Inner.self) == Inner(name: "one", count: nil))
    }

    @Test(arguments: [
        (#"{"name":1}"#, "name", "found an integer, not String"),
        (#"{"count":1}"#, "", "name is missing"),
        (#"{"name":"a","count":"b"}"#, "count", "found a string, not Int"),
        (#"[]"#, "", "found a list"),
    ])
    func namesThePathOfAMistake(text: String, path: String, words: String) throws {
        let error = thrown(DecodingError.self) { try JSON.parse(text).decode(Inner.self) }
        let context: DecodingError.Context? =
            switch error {
            case .typeMismatch(_, let context)?, .keyNotFound(_, let context)?: context
            default: nil
            }
        #expect(context?.codingPath.map(\.stringValue).joined(separator: ".") == path)
        #expect(context?.debugDescription.contains(words) == true)
    }

    @Test func refusesNumbersThatDoNotFit() throws {
        #expect(throws: DecodingError.self) { try Value.int(256).decode(UInt8.self) }
        #expect(throws: EncodingError.self) { try Value(encoding: [UInt64.max]) }
    }

    @Test(arguments: ["198.18.0.300", "198.18.0.1/24"])
    func refusesWhatIsNoAddress(text: String) {
        #expect(throws: DecodingError.self) { try Value.string(text).decode(IPv4Address.self) }
    }
}
