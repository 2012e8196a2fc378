extension Methods {
    struct StringMethod: Sendable {
        let parameters: [String]
        let required: Int
        let apply: @Sendable (String, FilterArguments) throws -> Datum

        init(
            _ parameters: [String] = [], required: Int = 0,
            _ apply: @escaping @Sendable (String, FilterArguments) throws -> Datum
        ) {
            self.parameters = parameters
            self.required = required
            self.apply = apply
        }
    }

    static let strings: [String: StringMethod] = [
        "upper": StringMethod { text, _ in .string(text.uppercased()) },
        "lower": StringMethod { text, _ in .string(text.lowercased()) },
        "capitalize": StringMethod { text, _ in .string(Strings.capitalized(text)) },
        "title": StringMethod { text, _ in .string(titled(text)) },
        "strip": StringMethod(["chars"]) { text, arguments in
            .string(Strings.stripped(text, of: try arguments.text(0)))
        },
        "lstrip": StringMethod(["chars"]) { text, arguments in
            .string(Strings.stripped(text, of: try arguments.text(0), right: false))
        },
        "rstrip": StringMethod(["chars"]) { text, arguments in
            .string(Strings.stripped(text, of: try arguments.text(0), left: false))
        },
        "startswith": StringMethod(["prefix"], required: 1) { text, arguments in
            .bool(try alternatives(arguments[0]).contains { text.utf8.starts(with: $0.utf8) })
        },
        "endswith": StringMethod(["suffix"], required: 1) { text, arguments in
            .bool(try alternatives(arguments[0]).contains { text.utf8.reversed().starts(with: $0.utf8.reversed()) })
        },
        "replace": StringMethod(["old", "new", "count"], required: 2) { text, arguments in
            let count = try arguments.integer(2) ?? -1
            return .string(
                try Bytes.replace(
                    text, try arguments.text(0) ?? "", try arguments.text(1) ?? "", limit: count < 0 ? nil : count))
        },
        "split": StringMethod(["sep", "maxsplit"]) { text, arguments in
            let limit = try arguments.integer(1) ?? -1
            guard let separator = try arguments.text(0) else { return try list(words(text, limit: limit)) }
            return try list(try Bytes.split(text, at: separator, limit: limit))
        },
        "rsplit": StringMethod(["sep", "maxsplit"]) { text, arguments in
            let limit = try arguments.integer(1) ?? -1
            func reversed(_ text: String) -> String {
                String(String.UnicodeScalarView(text.unicodeScalars.reversed()))
            }
            let pieces =
                if let separator = try arguments.text(0) {
                    try Bytes.split(reversed(text), at: reversed(separator), limit: limit)
                } else {
                    words(reversed(text), limit: limit)
                }
            return try list(pieces.reversed().map(reversed))
        },
        "splitlines": StringMethod(["keepends"]) { text, arguments in
            try list(Strings.lines(text, keepingEnds: try arguments.flag(0)))
        },
        "join": StringMethod(["iterable"], required: 1) { text, arguments in
            var result = ""
            for (index, element) in try (arguments[0] ?? .none).elements().enumerated() {
                if index > 0 { result += text }
                result += try element.requiredText()
                try Limits.check(bytes: result.utf8.count)
            }
            return .string(result)
        },
        "find": StringMethod(["sub"], required: 1) { text, arguments in
            .int(try place(of: try arguments.text(0) ?? "", in: text) ?? -1)
        },
        "index": StringMethod(["sub"], required: 1) { text, arguments in
            let part = try arguments.text(0) ?? ""
            guard let place = try place(of: part, in: text) else {
                throw Failure("index() did not find \(pythonRepresentation(of: part))")
            }
            return .int(place)
        },
        "count": StringMethod(["sub"], required: 1) { text, arguments in
            let part = try arguments.text(0) ?? ""
            if part.isEmpty { return .int(text.unicodeScalars.count + 1) }
            return .int(try Bytes.split(text, at: part, limit: -1).count - 1)
        },
        "removeprefix": StringMethod(["prefix"], required: 1) { text, arguments in
            let prefix = try arguments.text(0) ?? ""
            guard text.utf8.starts(with: prefix.utf8) else { return .string(text) }
            return .string(String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
        },
        "removesuffix": StringMethod(["suffix"], required: 1) { text, arguments in
            let suffix = try arguments.text(0) ?? ""
            guard text.utf8.reversed().starts(with: suffix.utf8.reversed()) else { return .string(text) }
            return .string(String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self))
        },
        "ljust": StringMethod(["width", "fill"], required: 1) { text, arguments in
            .string(text + (try padding(text, arguments)))
        },
        "rjust": StringMethod(["width", "fill"], required: 1) { text, arguments in
            .string(try padding(text, arguments) + text)
        },
        "center": StringMethod(["width", "fill"], required: 1) { text, arguments in
            .string(
                try Strings.centered(text, width: try arguments.integer(0) ?? 0, fill: try fill(arguments)))
        },
        "zfill": StringMethod(["width"], required: 1) { text, arguments in
            let zeros = try padding(text, FilterArguments(values: [arguments[0], .string("0")]))
            if text.hasPrefix("-") || text.hasPrefix("+") { return .string(text.prefix(1) + zeros + text.dropFirst()) }
            return .string(zeros + text)
        },
        "isdigit": StringMethod { text, _ in
            .bool(
                !text.isEmpty
                    && text.unicodeScalars.allSatisfy {
                        $0.properties.numericType == .decimal || $0.properties.numericType == .digit
                    })
        },
        "isalpha": StringMethod { text, _ in
            .bool(!text.isEmpty && text.unicodeScalars.allSatisfy(isLetter))
        },
        "isalnum": StringMethod { text, _ in
            .bool(!text.isEmpty && text.unicodeScalars.allSatisfy { isLetter($0) || $0.properties.numericType != nil })
        },
        "isspace": StringMethod { text, _ in
            .bool(!text.isEmpty && text.unicodeScalars.allSatisfy(Whitespace.isSpace))
        },
        "islower": StringMethod { text, _ in .bool(Strings.isLower(text)) },
        "isupper": StringMethod { text, _ in .bool(Strings.isUpper(text)) },
    ]

    private static func list(_ pieces: [String]) throws -> Datum {
        try .list(pieces.map { .string($0) })
    }

    private static func alternatives(_ datum: Datum?) throws -> [String] {
        if case .tuple(let items) = datum { return try items.elements.map { try $0.requiredText() } }
        return [try (datum ?? .none).requiredText()]
    }

    /// The words between runs of whitespace; after `limit` words, the rest unchanged. A negative limit is none.
    private static func words(_ text: String, limit: Int) -> [String] {
        var words: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            rest = rest.drop(while: Whitespace.isSpace)
            if rest.isEmpty { return words }
            if limit >= 0, words.count == limit {
                return words + [String(rest)]
            }
            let word = rest.prefix { !Whitespace.isSpace($0) }
            words.append(String(word))
            rest = rest[word.endIndex...]
        }
    }

    private static func place(of part: String, in text: String) throws -> Int? {
        let bytes = Array(text.utf8)
        return Bytes.find(Array(part.utf8), in: bytes, from: 0).map { found in
            bytes[..<found].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        }
    }

    private static func fill(_ arguments: FilterArguments) throws -> String {
        let fill = try arguments.text(1) ?? " "
        if fill.unicodeScalars.count != 1 { throw Failure("one character is needed to fill with, found '\(fill)'") }
        return fill
    }

    private static func padding(_ text: String, _ arguments: FilterArguments) throws -> String {
        let width = try arguments.integer(0) ?? 0
        let missing = max(width - min(text.unicodeScalars.count, max(width, 0)), 0)
        try Limits.check(bytes: missing)
        return String(repeating: try fill(arguments), count: missing)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// The text in title case: a letter that follows a cased one is in lower case, any other in title case.
    private static func titled(_ text: String) -> String {
        var result = ""
        var isInWord = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            result += isInWord ? properties.lowercaseMapping : properties.titlecaseMapping
            isInWord = properties.isCased
        }
        return result
    }
}
