import Model

extension INIDocument {
    /// Parses a text as oslo.config does: a line that begins with `#` or `;` is a comment, indented lines continue a
    /// value, an empty line ends it, one pair of quotes around a value's first line is removed, and a repeated key adds
    /// a value.
    ///
    /// - Throws: `Problems` with every wrong line.
    public init(parsing text: String, file: String) throws(Problems) {
        self.init()
        var reader = Reader(file: file)
        // CRLF is one `Character`, and so is never equal to "\n".
        let unified = text.utf8.contains(UInt8(ascii: "\r")) ? Self.unifyingBreaks(text) : text
        for line in unified.split(separator: "\n", omittingEmptySubsequences: false) {
            reader.take(line, into: &self)
        }
        reader.flush(into: &self)
        if !reader.problems.isEmpty { throw Problems(reader.problems) }
    }

    private static func unifyingBreaks(_ text: String) -> String {
        var unified = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                unified.append("\n")
            } else if !(scalar == "\n" && previous == "\r") {
                unified.append(scalar)
            }
            previous = scalar
        }
        return String(unified)
    }

    private struct Reader {
        let file: String
        var line = 0
        var section: String?
        var key: String?
        var value: [String] = []
        var problems: [Problem] = []

        init(file: String) { self.file = file }

        mutating func take(_ raw: Substring, into document: inout INIDocument) {
            line += 1
            let text = INIDocument.trimmingEnd(raw)
            guard let first = text.unicodeScalars.first else { return flush(into: &document) }
            if first == " " || first == "\t" {
                if key == nil {
                    refuse(column: 1, "an indented line goes on with a value, and there is none above it")
                } else {
                    value.append(String(INIDocument.trimmingStart(text)))
                }
                return
            }
            flush(into: &document)
            switch first {
            case "[": begin(text, in: &document)
            case "#", ";": break
            default: assign(text)
            }
        }

        mutating func flush(into document: inout INIDocument) {
            if let key, let section { document.append(section, key, value.joined(separator: "\n")) }
            key = nil
            value = []
        }

        private mutating func begin(_ text: Substring, in document: inout INIDocument) {
            guard text.unicodeScalars.last == "]" else {
                return refuse(column: text.count, "the section's name has no ] at its end")
            }
            let name = String(text.dropFirst().dropLast())
            guard !name.isEmpty else { return refuse(column: 2, "the section has no name") }
            section = name
            document.add(section: name)
        }

        private mutating func assign(_ text: Substring) {
            let scalars = text.unicodeScalars
            guard let separator = scalars.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
                return refuse(column: 1, "found \"\(text)\", expected a section, or a key with = and a value")
            }
            let name = INIDocument.trimmingEnd(INIDocument.trimmingStart(text[..<separator]))
            guard !name.isEmpty else { return refuse(column: 1, "the key has no name") }
            guard section != nil else {
                return refuse(column: 1, "the key \(name) stands before the first section")
            }
            key = String(name)
            value = [String(INIDocument.unquoted(text[scalars.index(after: separator)...]))]
        }

        private mutating func refuse(column: Int, _ message: String) {
            problems.append(Problem(at: Place(file: file, line: line, column: column), message))
        }
    }

    private static func unquoted(_ raw: Substring) -> Substring {
        let scalars = trimmingEnd(trimmingStart(raw)).unicodeScalars
        guard let first = scalars.first, first == scalars.last, first == "\"" || first == "'" else {
            return Substring(scalars)
        }
        return Substring(scalars.dropFirst().dropLast())
    }

    private static func trimmingStart(_ text: Substring) -> Substring {
        Substring(text.unicodeScalars.drop(while: isSpace))
    }

    private static func trimmingEnd(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return Substring(scalars)
    }
}
