import Model

extension Value {
    /// The value as a YAML document in block style, which readers of YAML 1.1 and 1.2 understand alike.
    public var yaml: String {
        var text = ""
        YAMLEmitter.write(self, indentation: 0, inline: false, to: &text)
        return text
    }
}

/// A writer of values as YAML.
enum YAMLEmitter {
    /// Writes a value; with `inline`, it follows `key:` or `-` on the same line.
    static func write(_ value: Value, indentation: Int, inline: Bool, to text: inout String) {
        let pad = String(repeating: " ", count: indentation)
        switch value {
        case .map(let map) where !map.isEmpty:
            if inline { text += "\n" }
            for (key, value) in map {
                text += "\(pad)\(quoted(key)):"
                write(value, indentation: indentation + 2, inline: true, to: &text)
            }
        case .list(let items) where !items.isEmpty:
            if inline { text += "\n" }
            for item in items {
                text += "\(pad)-"
                writeItem(item, indentation: indentation + 2, to: &text)
            }
        case .string(let string) where inline && isBlock(string):
            text += " |\(string.hasSuffix("\n") ? "" : "-")\n"
            for line in string.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
                string.hasSuffix("\n") ? 1 : 0)
            {
                text += line.isEmpty ? "\n" : "\(pad)\(line)\n"
            }
        default:
            text += (inline ? " " : "") + scalar(value) + "\n"
        }
    }

    /// Writes an item of a list; a mapping begins on the line of its dash.
    private static func writeItem(_ item: Value, indentation: Int, to text: inout String) {
        guard case .map(let map) = item, !map.isEmpty else {
            return write(item, indentation: indentation, inline: true, to: &text)
        }
        var inner = ""
        write(item, indentation: indentation, inline: false, to: &inner)
        text += " " + inner.dropFirst(indentation)
    }

    private static func scalar(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): "\(number)"
        case .double(let number): double(number)
        case .string(let string): quoted(string)
        case .list: "[]"
        case .map: "{}"
        }
    }

    private static func double(_ number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        let text = "\(number)"
        // YAML 1.1 requires a dot before an exponent, and a sign in it.
        guard let exponent = text.firstIndex(of: "e") else { return text }
        let mantissa = text[..<exponent]
        let power = text[text.index(after: exponent)...]
        return (mantissa.contains(".") ? mantissa : mantissa + ".0") + "e" + (power.hasPrefix("-") ? "" : "+")
            + power.drop { $0 == "+" }
    }

    /// Whether a string of several lines can be written as a literal block that keeps it unchanged.
    private static func isBlock(_ string: String) -> Bool {
        guard string.contains("\n"), let first = string.unicodeScalars.first, first != " ", first != "\n",
            first != "\t", !string.hasSuffix("\n\n")
        else { return false }
        return string.unicodeScalars.allSatisfy { $0 == "\n" || isPrintable($0) }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// The string, in quotes where a reader would take it for another type or for syntax.
    static func quoted(_ string: String) -> String {
        isPlain(string) ? string : doubleQuoted(string)
    }

    private static let words: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "=", "<<", ".inf", ".nan",
    ]

    private static func isPlain(_ string: String) -> Bool {
        guard let first = string.unicodeScalars.first, let last = string.unicodeScalars.last else { return false }
        if words.contains(string.lowercased()) { return false }
        // Some readers may take a string that begins like a number or a date for one.
        let isLetter = ("a"..."z").contains(first) || ("A"..."Z").contains(first)
        guard isLetter || first == "/" || first == "_" || first == "$", last != ":", last != " " else { return false }
        guard string.unicodeScalars.allSatisfy({ ("!"..."~").contains($0) || $0 == " " }) else { return false }
        return !string.contains(": ") && !string.contains(" #")
            && !string.contains(where: { "{}[],".contains($0) })
    }

    private static func doubleQuoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            default:
                if isPrintable(scalar) {
                    text.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
                    let prefix = scalar.value < 0x100 ? "\\x" : scalar.value < 0x10000 ? "\\u" : "\\U"
                    text += prefix + String(repeating: "0", count: width - digits.count) + digits
                }
            }
        }
        return text + "\""
    }
}
