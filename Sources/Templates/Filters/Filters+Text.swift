extension Filters {
    static let text: [Filter] = [
        Filter("upper") { _, input, _ in try input.mapText { $0.uppercased() } },
        Filter("lower") { _, input, _ in try input.mapText { $0.lowercased() } },
        Filter("capitalize") { _, input, _ in try input.mapText(Strings.capitalized) },
        Filter("title") { _, input, _ in try input.mapText(titled) },
        Filter("trim", ["chars"]) { _, input, arguments in
            let characters = try arguments.text(0)
            return try input.mapText { Strings.stripped($0, of: characters) }
        },
        Filter("replace", ["old", "new", "count"], required: 2) { _, input, arguments in
            let old = try arguments[0]?.string() ?? ""
            let new = try arguments[1]?.string() ?? ""
            let count = try arguments.optional(2) == nil ? nil : arguments.integer(2)
            let limit = count.flatMap { $0 < 0 ? nil : $0 }
            return .string(try Bytes.replace(try input.string(), old, new, limit: limit))
        },
        Filter("center", ["width"]) { _, input, arguments in
            let width = try arguments.integer(0) ?? 80
            return try input.mapText { try Strings.centered($0, width: width, fill: " ") }
        },
        Filter("indent", ["width", "first", "blank"]) { _, input, arguments in
            .string(
                try indented(
                    input.requiredText(), by: arguments[0] ?? .int(4), first: arguments.flag(1),
                    blank: arguments.flag(2)))
        },
        Filter("truncate", ["length", "killwords", "end", "leeway"]) { _, input, arguments in
            .string(
                try truncated(
                    input.requiredText(), length: arguments.integer(0) ?? 255, cutsWords: arguments.flag(1),
                    end: arguments.text(2) ?? "...",
                    leeway: arguments.optional(3) == nil ? 5 : arguments.integer(3) ?? 5))
        },
        Filter("wordcount") { _, input, _ in .int(wordCount(try input.string())) },
        Filter("format", .any) { _, input, arguments in
            let values = arguments.rest
            if values.named.isEmpty {
                return .string(try Format.print(try input.string(), try .tuple(values.positional)))
            }
            if !values.positional.isEmpty {
                throw Failure("format takes either positional or named arguments, not both")
            }
            let mapping = try DatumDictionary(values.named.map { (key: .string($0.name), value: $0.value) })
            return .string(try Format.print(try input.string(), .dictionary(mapping)))
        },
    ]

    /// The text with the first letter of each word in upper case and the rest in lower case; words begin after white
    /// space, hyphens and opening brackets.
    private static func titled(_ text: String) -> String {
        var result = ""
        var word = String.UnicodeScalarView()
        func endWord() {
            guard let first = word.first else { return }
            result += String(Character(first)).uppercased()
            result += String(String.UnicodeScalarView(word.dropFirst())).lowercased()
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if Whitespace.isSpace(scalar) || "-({[<".unicodeScalars.contains(scalar) {
                endWord()
                result.unicodeScalars.append(scalar)
            } else {
                word.append(scalar)
            }
        }
        endWord()
        return result
    }

    private static func indented(_ text: String, by width: Datum, first: Bool, blank: Bool) throws -> String {
        let indention: String
        if let text = width.text {
            indention = text
        } else if let count = width.integer {
            try Limits.check(bytes: max(count, 0))
            indention = String(repeating: " ", count: max(count, 0))
        } else {
            throw Failure("indent needs a number or a string, found \(width.described)")
        }
        let lines = Strings.lines(text + "\n", keepingEnds: false)
        var result = first ? indention : ""
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result += "\n"
                if blank || !line.isEmpty { result += indention }
            }
            result += line
            try Limits.check(bytes: result.utf8.count)
        }
        return result
    }

    private static func truncated(
        _ text: String, length: Int, cutsWords: Bool, end: String, leeway: Int
    ) throws -> String {
        let endLength = end.unicodeScalars.count
        if length < endLength { throw Failure("truncate needs a length of at least \(endLength), found \(length)") }
        if leeway < 0 { throw Failure("truncate needs a leeway of at least 0, found \(leeway)") }
        let scalars = Array(text.unicodeScalars)
        if scalars.count <= length.addingReportingOverflow(leeway).partialValue { return text }
        var kept = scalars.prefix(length - endLength)
        if !cutsWords, let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
        return String(String.UnicodeScalarView(kept)) + end
    }

    private static func wordCount(_ text: String) -> Int {
        var count = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            let isWord = scalar == "_" || properties.isAlphabetic || properties.numericType != nil
            if isWord, !isInWord { count += 1 }
            isInWord = isWord
        }
        return count
    }
}

extension Datum {
    /// The text of a string; any other value is an error.
    func requiredText() throws -> String {
        guard let text else { throw Failure("a string is needed here, found \(described)") }
        return text
    }

    /// Transforms the value's text; a text marked as safe stays so.
    func mapText(_ change: (String) throws -> String) throws -> Datum {
        if case .markup(let text) = self { return .markup(try change(text)) }
        return .string(try change(try string()))
    }
}
