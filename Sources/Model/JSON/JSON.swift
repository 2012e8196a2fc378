/// Conversion between JSON (RFC 8259) and values.
public enum JSON {
    /// The number of levels to which lists and objects may be nested in JSON that is read.
    public static let depthLimit = 200

    /// Reads one value; where an object repeats a key, the last one counts.
    public static func parse(_ bytes: [UInt8]) throws -> Value {
        try bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    /// Reads one value from a text.
    public static func parse(_ text: String) throws -> Value {
        var text = text
        return try text.withUTF8 { buffer in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    /// The value on one line without spaces, with the keys of objects sorted, so that equal values have equal texts.
    public static func bytes(_ value: Value) -> [UInt8] {
        var printer = JSONPrinter(indented: false)
        printer.print(value)
        return printer.output
    }

    /// The value as text, keys sorted; indented by two spaces for people to read.
    public static func text(_ value: Value, indented: Bool = false) -> String {
        var printer = JSONPrinter(indented: indented)
        printer.print(value)
        return String(decoding: printer.output, as: UTF8.self)
    }
}

/// A fault in a JSON text, with its position.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The byte at which the fault was seen, counted from zero.
    public let offset: Int
    /// The fault in words, such as what was expected and what was found.
    public let message: String

    /// The fault with its position, for users.
    public var description: String { "bad JSON at byte \(offset): \(message)" }
}
