/// A writer of roff with the man macros.
package struct ManualWriter {
    package private(set) var output = ""

    package init() {}

    package mutating func macro(_ name: String, _ arguments: String...) {
        output += "." + name
        for argument in arguments { output += " \"\(Self.escaped(argument, in: .argument))\"" }
        output += "\n"
    }

    /// Writes the name and the summary, separated by a hyphen, for the section NAME.
    package mutating func name(_ name: String, summary: String) {
        output += "\(Self.escaped(name, in: .text)) - \(Self.escaped(summary, in: .text))\n"
    }

    /// Writes filled text, in source lines of a readable length.
    package mutating func text(_ text: String) {
        for line in wrapped(text, width: 72) { output += Self.escaped(line, in: .text) + "\n" }
    }

    package mutating func paragraph(_ text: String) {
        output += ".PP\n"
        self.text(text)
    }

    package mutating func prose(_ text: String, startsParagraph: Bool = false) {
        for (index, paragraph) in paragraphs(of: text).enumerated() {
            if index > 0 || startsParagraph { output += ".PP\n" }
            switch paragraph {
            case .prose(let text): self.text(text)
            case .literal(let lines): literal(lines)
            }
        }
    }

    package mutating func synopsis(_ usage: String, of command: String) {
        output += "\\fB\(Self.escaped(command, in: .text))\\fR \(Self.escaped(usage, in: .text))\n"
    }

    /// Writes a term, which is roff already, and its explanation.
    package mutating func tagged(_ term: String, _ explanation: String) {
        output += ".TP\n\(term)\n"
        text(explanation)
    }

    package mutating func options(_ options: [OptionDefinition]) {
        for option in options where !option.isHidden {
            let short = option.short.map { "\\fB\\-\($0)\\fR, " } ?? ""
            let value = option.placeholder.map { " \\fI\(Self.escaped($0, in: .text))\\fR" } ?? ""
            tagged("\(short)\\fB\(Self.escaped(option.spelling, in: .text))\\fR\(value)", option.explanation)
        }
    }

    package mutating func arguments(_ arguments: [ArgumentDefinition]) {
        for argument in arguments {
            tagged("\\fI\(Self.escaped(argument.placeholder, in: .text))\\fR", argument.summary)
        }
    }

    package mutating func examples(_ examples: [(line: String, purpose: String)]) {
        for example in examples {
            tagged("\\fB\(Self.escaped(example.line, in: .text))\\fR", example.purpose)
        }
    }

    private mutating func literal(_ lines: [String]) {
        output += ".RS 4\n.nf\n"
        for line in lines { output += Self.escaped(line, in: .text) + "\n" }
        output += ".fi\n.RE\n"
    }

    private enum Place {
        case text, argument
    }

    private static func escaped(_ text: String, in place: Place) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-" where place == .text: result += "\\-"
            case "\"" where place == .argument: result += "\\(dq"
            case "\n": result += " "
            case "'" where result.isEmpty, "." where result.isEmpty: result += "\\&\(character)"
            default: result.append(character)
            }
        }
        return result
    }
}
