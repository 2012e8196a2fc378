import Testing

@testable import Recipes

@Suite struct OptionTypeTests {
    @Test(arguments: [
        ("text", OptionType.text), ("boolean", .boolean), ("port", .integer(minimum: 0, maximum: 65535)),
        ("integer", .integer(minimum: nil, maximum: nil)), ("integer -1..", .integer(minimum: -1, maximum: nil)),
        ("integer ..9", .integer(minimum: nil, maximum: 9)), ("integer 4|6", .integerOf([4, 6])),
        ("float 0.5..1e3", .float(minimum: 0.5, maximum: 1000)), ("float", .float(minimum: nil, maximum: nil)),
        ("choice |a|b c", .choice(["", "a", "b c"], ignoresCase: false)),
        ("word A|b", .choice(["A", "b"], ignoresCase: true)), ("list", .list(.text)),
        ("list of choice a|b", .list(.choice(["a", "b"], ignoresCase: false))),
        ("address", .address(version: nil)), ("address 6", .address(version: 6)),
        ("host", .host(version: nil, hasUnderscores: false)), ("domain 4", .host(version: 4, hasUnderscores: true)),
        ("uri", .uri(schemes: [])), ("uri http|https", .uri(schemes: ["http", "https"])),
    ])
    func readsWhatListsHave(text: String, type: OptionType) { #expect(OptionType(text) == type) }

    @Test(arguments: [
        "", "intger", "integer a..b", "integer 4|x", "float 1", "choice", "word", "boolean yes", "list of",
        "list of things", "text a", "address 5", "host name",
    ])
    func refusesWhatNobodyWrites(text: String) { #expect(OptionType(text) == nil) }

    @Test(arguments: [
        ("boolean", ["true", "False", "YES", "off", "1", "0"]),
        ("integer", ["0", "-5", "+5", " 7 ", "007", "1_000", "", "99999999999999999999999"]),
        ("integer 1..", ["1", "99999999999999999999999"]), ("integer ..9", ["9", "-99999999999999999999999"]),
        ("integer 4|6", ["4", "6", ""]), ("port", ["0", "65535"]),
        ("float 0..1", ["0", "1.", ".5", "1e-3", "0.000_1", "nan", ""]), ("float", ["-inf", "1E5"]),
        ("choice a|b", ["a", "b"]), ("word Ab|c", ["ab", "AB", "C"]),
        ("list of integer 1..", ["", "1", "1, 2,3", "1,2,"]), ("list", ["a,,b"]), ("text", ["", "anything"]),
        ("integer", ["$workers", "${group.workers}"]),
        ("address", ["192.0.2.1", "2001:db8::1", "::", "$my_ip"]), ("address 4", ["0.0.0.0"]),
        ("host", ["node-1", "a.example.org.", "192.0.2.1", "::1", "1a", "3com.example"]), ("domain", ["a_b.c"]),
        ("uri", ["amqp://u:p@h:1/v", "http://[::1]:80/"]), ("uri http|https", ["HTTPS://a/b?c#d"]),
        ("list of address", ["192.0.2.1, 192.0.2.2", ""]),
    ])
    func takesWhatOsloConfigTakes(type: String, values: [String]) throws {
        let type = try #require(OptionType(type))
        for value in values { #expect(type.complaint(about: value) == nil, "\(value)") }
    }

    @Test(arguments: [
        ("boolean", "maybe", "is \"maybe\", expected true or false"),
        ("boolean", "", "is \"\", expected true or false"),
        ("integer", "abc", "is \"abc\", expected an integer"),
        ("integer", "1.5", "is \"1.5\", expected an integer"),
        ("integer", "_1", "is \"_1\", expected an integer"),
        ("integer", "1__0", "is \"1__0\", expected an integer"),
        ("integer 1..", "0", "is \"0\", expected an integer of 1 at least"),
        ("integer ..9", "10", "is \"10\", expected an integer of 9 at most"),
        ("integer 1..9", "99999999999999999999", "is \"99999999999999999999\", expected an integer from 1 to 9"),
        ("integer 0..", "-1", "is \"-1\", expected an integer of 0 at least"),
        ("integer 4|6", "5", "is \"5\", expected one of 4, 6"),
        ("port", "65536", "is \"65536\", expected an integer from 0 to 65535"),
        ("float 0..1", "1.1", "is \"1.1\", expected a number from 0 to 1"),
        ("float", "0x10", "is \"0x10\", expected a number"),
        ("choice fernet|jws", "fernat", "is \"fernat\", expected one of fernet, jws; did you mean fernet?"),
        ("choice fernet|jws", "Fernet", "is \"Fernet\", expected one of fernet, jws; did you mean fernet?"),
        ("address", "192.0.2.300", "is \"192.0.2.300\", expected an IP address"),
        ("address 4", "::1", "is \"::1\", expected an IPv4 address"),
        ("address", "192.0.2", "is \"192.0.2\", expected an IP address"),
        ("host", "192.0.2.300", "is \"192.0.2.300\", expected the name of a host or an IP address"),
        ("host", "a_b", "is \"a_b\", expected the name of a host or an IP address"),
        ("host", "-a", "is \"-a\", expected the name of a host or an IP address"),
        ("host", "a..b", "is \"a..b\", expected the name of a host or an IP address"),
        ("host", "", "is \"\", expected the name of a host or an IP address"),
        ("uri", "example.org", "is \"example.org\", expected a URI with a host"),
        ("uri", "http://:80/", "is \"http://:80/\", expected a URI with a host"),
        ("uri http|https", "ftp://a", "is \"ftp://a\", expected a URI with a host and the scheme http or https"),
        ("list of address", "192.0.2.1,x", "has \"x\" in its list, expected an IP address"),
        ("word A|b", "zzz", "is \"zzz\", expected one of A, b"),
        ("list of integer", "1,x,y", "has \"x\" in its list, expected an integer"),
        ("list of choice aa|bb", "aa,bbb", "has \"bbb\" in its list, expected one of aa, bb; did you mean bb?"),
    ])
    func saysWhatWasExpected(type: String, value: String, told: String) throws {
        let type = try #require(OptionType(type))
        let complaint = try #require(type.complaint(about: value))
        #expect([complaint.text, complaint.remedy].compactMap { $0 }.joined(separator: "; ") == told)
    }
}
