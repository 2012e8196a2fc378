import Model

/// An error for a document that oslo.config would not read back unchanged.
public struct INIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of the section that cannot be written, or that has the key.
    public let section: String
    /// The name of the key; nil where the section itself is at fault.
    public let key: String?
    /// The reason as a clause, such as `the section has no name`.
    public let reason: String

    /// Creates an error about a section or one of its keys.
    public init(section: String, key: String?, reason: String) {
        self.section = section
        self.key = key
        self.reason = reason
    }

    /// The error as a sentence that names the section and the key.
    public var description: String {
        let subject = key.map { "[\(section)] \($0)" } ?? "[\(section)]"
        return "\(subject) cannot be written to an INI file: \(reason)"
    }
}

extension INIDocument {
    /// The file's text, `[DEFAULT]` first, from which oslo.config reads exactly this document's values.
    ///
    /// A value of several lines is continued on indented lines, so that no value can begin a key or a section. A value
    /// whose first line has white space or a pair of quotes at its ends is put in quotes, which oslo.config removes.
    ///
    /// - Throws: `INIError` for the first name or value that cannot be read back.
    public func text() throws(INIError) -> String {
        var parts: [String] = []
        let ordered = sections.filter { $0.name == "DEFAULT" } + sections.filter { $0.name != "DEFAULT" }
        for section in ordered {
            try Self.check(section: section.name)
            var lines = ["[\(section.name)]"]
            for key in section.keys {
                try Self.check(key: key.name, in: section.name)
                for value in key.values {
                    do throws(Unwritable) {
                        lines.append(try Self.assignment(key.name, value))
                    } catch {
                        throw INIError(section: section.name, key: key.name, reason: error.reason)
                    }
                }
            }
            parts.append(lines.joined(separator: "\n") + "\n")
        }
        return parts.joined(separator: "\n")
    }

    /// The reason why oslo.config would not read `value` back unchanged; nil where it would.
    public static func refusal(of value: String) -> String? {
        do throws(Unwritable) {
            _ = try assignment("key", value)
            return nil
        } catch {
            return error.reason
        }
    }

    private struct Unwritable: Error { let reason: String }

    private static func assignment(_ key: String, _ value: String) throws(Unwritable) -> String {
        // Python also ends lines at CR, and accepts NUL anywhere, but no program expects either in a value.
        if value.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\0" }) {
            throw Unwritable(reason: "the value has a carriage return or a NUL")
        }
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        var text = "\(key) ="
        if let first = lines.first, !first.isEmpty {
            text += needsQuotes(first) ? " \"\(first)\"" : " \(first)"
        }
        for line in lines.dropFirst() {
            if line.isEmpty { throw Unwritable(reason: "the value has an empty line after its first") }
            if hasSpaceAtEnds(line) {
                throw Unwritable(reason: "a line after the value's first begins or ends with white space")
            }
            text += "\n    \(line)"
        }
        return text
    }

    private static func needsQuotes(_ line: Substring) -> Bool {
        if hasSpaceAtEnds(line) { return true }
        let ends = [line.unicodeScalars.first, line.unicodeScalars.last]
        return ends == ["\"", "\""] || ends == ["'", "'"]
    }

    private static func hasSpaceAtEnds(_ line: Substring) -> Bool {
        [line.unicodeScalars.first, line.unicodeScalars.last].contains { $0.map(isSpace) ?? false }
    }

    /// Whether Python's `str.strip` treats a character as white space, which includes four separators of ASCII.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    private static func check(section: String) throws(INIError) {
        if let reason = refusal(ofSection: section) { throw INIError(section: section, key: nil, reason: reason) }
    }

    private static func check(key: String, in section: String) throws(INIError) {
        if let reason = refusal(ofKey: key) { throw INIError(section: section, key: key, reason: reason) }
    }

    /// The reason why a section cannot have this name; nil where it can.
    public static func refusal(ofSection name: String) -> String? {
        if name.isEmpty { return "the section has no name" }
        return name.unicodeScalars.contains(where: isBreak) ? "the section's name has a line break" : nil
    }

    /// The reason why a key cannot have this name; nil where it can.
    public static func refusal(ofKey name: String) -> String? {
        guard let first = name.unicodeScalars.first else { return "the key has no name" }
        if name.unicodeScalars.contains(where: isBreak) { return "the key's name has a line break" }
        if name.unicodeScalars.contains(where: { $0 == "=" || $0 == ":" }) {
            return "the key's name has a \"=\" or \":\""
        }
        if hasSpaceAtEnds(name[...]) { return "the key's name begins or ends with white space" }
        return "[#;".unicodeScalars.contains(first) ? "the key's name begins with \(first)" : nil
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" || scalar == "\0" }
}
