import Model

extension Dockerfile {
    /// Parses a Dockerfile in the syntax that every builder accepts: `\` continues a line, `#` begins a comment line.
    init(parsing text: String, file: String) {
        self.file = file
        var instructions: [Instruction] = []
        var pending: (text: String, lines: [Int])?
        for (index, raw) in textLines(text).enumerated() {
            var line = raw
            // Comments and empty lines do not end a continued instruction.
            let first = line.first { $0 != " " && $0 != "\t" }
            if first == nil || first == "#" { continue }
            let trimmed = line.reversed().drop { $0 == " " || $0 == "\t" }
            let continues = trimmed.first == "\\"
            if continues { line = Substring(String(trimmed.dropFirst().reversed())) }
            if pending == nil {
                pending = (String(line.drop { $0 == " " || $0 == "\t" }), [index + 1])
            } else {
                pending?.text += "\n" + line
                pending?.lines.append(index + 1)
            }
            if !continues, let whole = pending {
                instructions.append(Self.instruction(whole.text, lines: whole.lines, file: file))
                pending = nil
            }
        }
        if let whole = pending { instructions.append(Self.instruction(whole.text, lines: whole.lines, file: file)) }
        self.instructions = instructions
    }

    private static func instruction(_ text: String, lines: [Int], file: String) -> Instruction {
        let name = text.prefix { $0 != " " && $0 != "\t" && $0 != "\n" }
        let rest = text[name.endIndex...]
        let arguments = rest.drop { $0 == " " || $0 == "\t" }
        var end = arguments.endIndex
        while end > arguments.startIndex, arguments[arguments.index(before: end)].isWhitespace {
            end = arguments.index(before: end)
        }
        return Instruction(
            name: name.uppercased(), arguments: String(arguments[..<end]),
            place: Place(file: file, line: lines.first ?? 1, column: 1), lines: lines)
    }
}

/// Parsers of instructions' arguments.
enum DockerfileWords {
    /// The texts of a JSON list of strings; nil for any other arguments.
    static func json(_ text: String) -> [String]? {
        var scalars = text.unicodeScalars[...]
        func skip() { scalars = scalars.drop { $0 == " " || $0 == "\t" || $0 == "\n" } }
        skip()
        guard scalars.popFirst() == "[" else { return nil }
        var words: [String] = []
        skip()
        if scalars.first == "]" {
            scalars.removeFirst()
        } else {
            while true {
                skip()
                guard let word = string(&scalars) else { return nil }
                words.append(word)
                skip()
                guard let next = scalars.popFirst() else { return nil }
                if next == "]" { break }
                if next != "," { return nil }
            }
        }
        skip()
        return scalars.isEmpty ? words : nil
    }

    private static func string(_ scalars: inout Substring.UnicodeScalarView) -> String? {
        guard scalars.popFirst() == "\"" else { return nil }
        var text = String.UnicodeScalarView()
        while let next = scalars.popFirst() {
            if next == "\"" { return String(text) }
            if next != "\\" {
                text.append(next)
                continue
            }
            guard let escaped = scalars.popFirst() else { return nil }
            switch escaped {
            case "\"", "\\", "/": text.append(escaped)
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            case "u":
                let digits = String(scalars.prefix(4))
                guard digits.unicodeScalars.count == 4, let value = UInt32(digits, radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                scalars = scalars.dropFirst(4)
                text.append(scalar)
            default: return nil
            }
        }
        return nil
    }

    /// The words of arguments in shell form, without their quotes.
    static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let finished = word { words.append(finished) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }

    /// The names and values of `ARG` and `ENV`.
    static func assignments(_ text: String) -> [(name: String, value: String?)] {
        let words = split(text)
        if let first = words.first, !first.contains("="), words.count > 1 {
            return [(first, words.dropFirst().joined(separator: " "))]
        }
        return words.map { word in
            guard let sign = word.firstIndex(of: "=") else { return (word, nil) }
            return (String(word[..<sign]), String(word[word.index(after: sign)...]))
        }
    }
}
