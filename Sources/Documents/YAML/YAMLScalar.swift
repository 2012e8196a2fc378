import Model

/// A scalar of a YAML document: its text and its style.
///
/// The type of a plain scalar follows the core schema of YAML 1.2, with two differences: digits with a leading zero
/// stay a string, since YAML 1.1 reads them as octal and YAML 1.2 as decimal, and so do integers that do not fit into
/// 64 bits.
public struct YAMLScalar: Sendable, Hashable {
    /// The notation of a scalar, by which its type and its text's place are known.
    public enum Style: Sendable, Hashable {
        case plain
        case quoted
        /// A literal or folded block, with the number of spaces before its text.
        case block(indentation: Int)
    }

    /// The text, with quotes and escapes resolved.
    public let text: String
    /// The notation in the file.
    public let style: Style

    /// Creates a scalar.
    public init(text: String, style: Style) {
        self.text = text
        self.style = style
    }

    /// Whether this is a plain scalar that means null: `~`, `null` or nothing.
    public var isNull: Bool { style == .plain && Self.nulls.contains(text) }

    /// The value of the scalar, by its type.
    public var value: Value { style == .plain ? Self.resolve(text) : .string(text) }

    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    /// The value of a plain scalar with this text.
    static func resolve(_ text: String) -> Value {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text) ?? .string(text)
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            return nulls.contains(text) ? .null : .string(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return ["true", "True", "TRUE"].contains(text) ? .bool(true) : .string(text)
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return ["false", "False", "FALSE"].contains(text) ? .bool(false) : .string(text)
        default:
            return .string(text)
        }
    }

    private static func number(_ text: String) -> Value? {
        if text.hasPrefix("0x") { return radix(text, 16) }
        if text.hasPrefix("0o") { return radix(text, 8) }
        var unsigned = Substring(text)
        if unsigned.hasPrefix("+") || unsigned.hasPrefix("-") { unsigned.removeFirst() }
        if unsigned == ".inf" || unsigned == ".Inf" || unsigned == ".INF" {
            return .double(text.hasPrefix("-") ? -Double.infinity : Double.infinity)
        }
        if [".nan", ".NaN", ".NAN"].contains(text) { return .double(.nan) }
        guard unsigned.utf8.contains(where: isDigit), unsigned.utf8.allSatisfy(isNumeric) else { return nil }
        if unsigned.utf8.allSatisfy(isDigit) {
            if unsigned.utf8.count > 1, unsigned.hasPrefix("0") { return nil }
            return Int(text).map(Value.int)
        }
        guard isFloat(unsigned) else { return nil }
        return Double(unsigned.hasPrefix(".") ? "0" + unsigned : unsigned)
            .map { .double(text.hasPrefix("-") ? -$0 : $0) }
    }

    private static func radix(_ text: String, _ radix: Int) -> Value? {
        let digits = text.dropFirst(2)
        guard digits.first != "+", digits.first != "-" else { return nil }
        return Int(digits, radix: radix).map(Value.int)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        isDigit(byte)
            || [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-")]
                .contains(byte)
    }

    /// Whether the text is `( . digits | digits [ . digits? ] ) [ e sign? digits ]`.
    private static func isFloat(_ text: Substring) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        if parts.count == 2 {
            var exponent = parts[1]
            if exponent.hasPrefix("+") || exponent.hasPrefix("-") { exponent.removeFirst() }
            guard !exponent.isEmpty, exponent.utf8.allSatisfy(isDigit) else { return false }
        }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard mantissa.allSatisfy({ $0.utf8.allSatisfy(isDigit) }) else { return false }
        return mantissa.contains { !$0.isEmpty }
    }
}
