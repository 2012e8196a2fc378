/// A printer of values as JSON; the same value gives the same bytes.
struct JSONPrinter {
    private let indented: Bool
    private var depth = 0
    private(set) var output: [UInt8] = []

    init(indented: Bool) { self.indented = indented }

    mutating func print(_ value: Value) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): append(String(number))
        // JSON has no infinities and no not-a-number.
        case .double(let number): append(number.isFinite ? number.description : "null")
        case .string(let text): quote(text)
        case .list(let items):
            enclose("[", "]", items) { printer, item in printer.print(item) }
        case .map(let map):
            let keys = map.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            enclose("{", "}", keys) { printer, key in
                printer.quote(key)
                printer.append(printer.indented ? ": " : ":")
                printer.print(map[key] ?? .null)
            }
        }
    }

    private mutating func enclose<T>(
        _ opening: String, _ closing: String, _ items: [T], _ body: (inout JSONPrinter, T) -> Void
    ) {
        append(opening)
        if items.isEmpty { return append(closing) }
        depth += 1
        var isFirst = true
        for item in items {
            if !isFirst { append(",") }
            isFirst = false
            breakLine()
            body(&self, item)
        }
        depth -= 1
        breakLine()
        append(closing)
    }

    private mutating func breakLine() {
        guard indented else { return }
        append("\n")
        for _ in 0..<depth { append("  ") }
    }

    private mutating func append(_ text: String) { output += text.utf8 }

    private mutating func quote(_ text: String) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
