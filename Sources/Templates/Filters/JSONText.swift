/// A writer of JSON like Jinja's `tojson`: Python's `json.dumps` with sorted keys, and with HTML's special characters
/// escaped.
enum JSONText {
    static func write(_ datum: Datum, indent: String?) throws -> String {
        var writer = Writer(indent: indent)
        try writer.write(datum, level: 0)
        return writer.text
    }

    private struct Writer {
        let indent: String?
        var text = ""

        mutating func write(_ datum: Datum, level: Int) throws {
            switch datum {
            case .none: text += "null"
            case .bool(let flag): text += flag ? "true" : "false"
            case .int(let number): text += String(number)
            case .double(let number): text += JSONText.text(of: number)
            case .string(let string), .markup(let string): write(string)
            case .values, .list, .tuple: try writeList(try datum.elements(), level: level)
            case .mapping, .dictionary: try writeMapping(try datum.pairs(), level: level)
            case .undefined(let undefined): throw undefined.failure
            case .object(let object): throw Failure("a \(object.type) cannot be written as JSON")
            }
            try Limits.check(bytes: text.utf8.count)
        }

        private mutating func writeList(_ elements: [Datum], level: Int) throws {
            text += "["
            if elements.isEmpty {
                text += "]"
                return
            }
            for (index, element) in elements.enumerated() {
                separate(index, level: level + 1)
                try write(element, level: level + 1)
            }
            end("]", level: level)
        }

        private mutating func writeMapping(_ pairs: [(key: Datum, value: Datum)], level: Int) throws {
            text += "{"
            if pairs.isEmpty {
                text += "}"
                return
            }
            var sorted = pairs
            try sorted.sort { try $0.key.order($1.key) == .less }
            for (index, (key, value)) in sorted.enumerated() {
                separate(index, level: level + 1)
                switch key {
                case .string(let name), .markup(let name): write(name)
                case .bool(let flag): text += flag ? "\"true\"" : "\"false\""
                case .int(let number): text += "\"\(number)\""
                case .double(let number): text += "\"\(JSONText.text(of: number))\""
                case .none: text += "\"null\""
                default: throw Failure("a mapping's key cannot be written as JSON: \(key.described)")
                }
                text += ": "
                try write(value, level: level + 1)
            }
            end("}", level: level)
        }

        private mutating func separate(_ index: Int, level: Int) {
            if let indent {
                text += index > 0 ? ",\n" : "\n"
                text += String(repeating: indent, count: level)
            } else if index > 0 {
                text += ", "
            }
        }

        private mutating func end(_ bracket: String, level: Int) {
            if let indent { text += "\n" + String(repeating: indent, count: level) }
            text += bracket
        }

        private mutating func write(_ string: String) {
            text += "\""
            for scalar in string.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\t": text += "\\t"
                case "\u{8}": text += "\\b"
                case "\u{C}": text += "\\f"
                case "<", ">", "&", "'": escape(UInt16(scalar.value))
                default:
                    if (0x20..<0x7F).contains(scalar.value) {
                        text.unicodeScalars.append(scalar)
                    } else {
                        for unit in UTF16.encode(scalar) ?? .init() { escape(unit) }
                    }
                }
            }
            text += "\""
        }

        private mutating func escape(_ unit: UInt16) {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return pythonText(of: number)
    }
}
