extension Filters {
    static let markup: [Filter] = [
        Filter("escape") { _, input, _ in .markup(try input.escaped()) },
        Filter("forceescape") { _, input, _ in .markup(try Datum.string(input.string()).escaped()) },
        Filter("safe") { _, input, _ in .markup(try input.string()) },
        Filter("tojson", ["indent"]) { _, input, arguments in
            let width: String?
            switch arguments.optional(0) {
            case nil: width = nil
            case .some(let indent):
                if let text = indent.text {
                    width = text
                } else {
                    let count = max(try arguments.integer(0) ?? 0, 0)
                    try Limits.check(bytes: count)
                    width = String(repeating: " ", count: count)
                }
            }
            return .markup(try JSONText.write(input, indent: width))
        },
        Filter("urlencode") { _, input, _ in .string(try urlEncoded(input)) },
        // Not a filter of Jinja, whose `urlencode` keeps "/": that would end the user and password in a URL.
        Filter("urlpart") { _, input, _ in
            .string(quoted(try input.string(), isQuery: false).replacing("/", with: "%2F"))
        },
        Filter("filesizeformat", ["binary"]) { _, input, arguments in
            .string(try sizeText(input, binary: arguments.flag(0)))
        },
    ]

    private static func urlEncoded(_ input: Datum) throws -> String {
        if input.text != nil { return quoted(try input.string(), isQuery: false) }
        let pairs: [(Datum, Datum)]
        switch input {
        case .mapping, .dictionary: pairs = try input.pairs().map { ($0.key, $0.value) }
        default:
            guard let elements = try input.optionalElements() else { return quoted(try input.string(), isQuery: false) }
            pairs = try elements.map { element in
                let pair = try element.elements()
                guard pair.count == 2 else { throw Failure("urlencode needs pairs of a key and a value") }
                return (pair[0], pair[1])
            }
        }
        return try pairs.map { key, value in
            quoted(try key.string(), isQuery: true) + "=" + quoted(try value.string(), isQuery: true)
        }.joined(separator: "&")
    }

    private static func quoted(_ text: String, isQuery: Bool) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                result.append(byte)
            case UInt8(ascii: "/") where !isQuery: result.append(byte)
            case UInt8(ascii: " ") where isQuery: result.append(UInt8(ascii: "+"))
            default: result += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func sizeText(_ input: Datum, binary: Bool) throws -> String {
        guard let bytes = Strings.double(input) else {
            throw Failure("filesizeformat needs a number, found \(input.described)")
        }
        let base: Double = binary ? 1024 : 1000
        if bytes == 1 { return "1 Byte" }
        if bytes < base { return "\(Int(bytes)) Bytes" }
        var unit = base
        var text = ""
        for prefix in ["k", "M", "G", "T", "P", "E", "Z", "Y"] {
            unit *= base
            let name = binary ? prefix.uppercased() + "iB" : prefix + "B"
            text = "\(Format.fixed(base * bytes / unit, digits: 1)) \(name)"
            if bytes < unit { break }
        }
        return text
    }
}
