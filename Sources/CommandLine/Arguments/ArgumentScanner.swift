import Model

/// A scanner that reads a command line word by word, for parsing and completion.
package struct ArgumentScanner {
    /// A request to show something instead of running a command.
    package enum Question {
        case help, version
    }

    package private(set) var path: CommandPath
    /// The values of options and flags by long name, in the order given. Flags have empty texts.
    package private(set) var options: [String: [String]] = [:]
    package private(set) var positionals: [String] = []
    package private(set) var rest: [String] = []
    /// The option whose value is the next word; nil if there is none.
    package private(set) var pending: OptionDefinition?
    package private(set) var question: Question?
    /// Whether options have ended: after `--`, or in the command line of another program.
    package private(set) var optionsEnded = false
    package private(set) var isInRest = false
    private var problems: [Problem] = []

    package init(root: CommandDefinition) {
        path = CommandPath(root: root)
    }

    /// The problems with wrong values, which do not stop the scan.
    package var valueProblems: [Problem] { problems }

    package mutating func take(_ word: String) throws(UsageError) {
        if let option = pending {
            if word.hasPrefix("-"), word != "-", looksLikeOption(word) {
                throw UsageError(
                    "\(option.spelling) needs a value, and \(word) is an option",
                    remedy: "if it is meant as the value, write \(option.spelling)=\(word)", at: path)
            }
            pending = nil
            try set(option, to: word)
        } else if isInRest {
            rest.append(word)
        } else if optionsEnded {
            try takePositional(word)
        } else if word == "--" {
            optionsEnded = true
            isInRest = path.current.arguments.last?.isRest ?? false
        } else if word.hasPrefix("--") {
            try takeLong(word)
        } else if word.hasPrefix("-"), word != "-", !isNegativeNumber(word) {
            try takeShort(word)
        } else if let command = path.current.subcommand(named: word), positionals.isEmpty {
            path.descend(to: command)
        } else if !path.current.subcommands.isEmpty {
            throw unknownCommand(word)
        } else {
            try takePositional(word)
        }
    }

    /// The argument that a further positional word belongs to; nil if the command takes no more.
    package var nextArgument: ArgumentDefinition? {
        let arguments = path.current.arguments
        if isInRest { return arguments.last }
        let named = arguments.filter { !$0.isRest }
        if positionals.count < named.count { return named[positionals.count] }
        if let last = named.last, last.isRepeated { return last }
        return arguments.last { $0.isRest }
    }

    private mutating func takePositional(_ word: String) throws(UsageError) {
        let arguments = path.current.arguments
        let named = arguments.filter { !$0.isRest }
        if positionals.count < named.count || named.last?.isRepeated == true {
            let argument = named[min(positionals.count, named.count - 1)]
            if let problem = argument.type.problem(with: word, of: argument.placeholder) { problems.append(problem) }
            positionals.append(word)
        } else if arguments.last?.isRest == true {
            isInRest = true
            optionsEnded = true
            rest.append(word)
        } else {
            let taken = named.isEmpty ? "takes no arguments" : "takes no more than \(named.count)"
            throw UsageError("unexpected argument '\(word)': the command \(taken)", at: path)
        }
    }

    private mutating func takeLong(_ word: String) throws(UsageError) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = path.options.first(where: { $0.name == name }) else { throw unknownOption("--\(name)") }
        try take(option, value: parts.count > 1 ? String(parts[1]) : nil)
    }

    private mutating func takeShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = path.options.first(where: { $0.short == letter }) else {
                throw unknownOption("-\(letter)", in: word)
            }
            if option.valueType != nil, !letters.isEmpty {
                try take(option, value: String(letters.first == "=" ? letters.dropFirst() : letters))
                return
            }
            try take(option, value: nil)
        }
    }

    private mutating func take(_ option: OptionDefinition, value: String?) throws(UsageError) {
        if option.valueType != nil {
            if let value { try set(option, to: value) } else { pending = option }
            return
        }
        if let value { throw UsageError("\(option.spelling) takes no value, and '\(value)' is given", at: path) }
        switch option.kind {
        case .help: question = .help
        case .version: question = question ?? .version
        case .flag, .value: options[option.name] = [""]
        }
    }

    private mutating func set(_ option: OptionDefinition, to value: String) throws(UsageError) {
        if let problem = option.valueType?.problem(with: value, of: option.spelling) { problems.append(problem) }
        let earlier = options[option.name] ?? []
        if let first = earlier.first, !option.isRepeated, first != value {
            throw UsageError("\(option.spelling) is given twice, with '\(first)' and '\(value)'", at: path)
        }
        options[option.name] = option.isRepeated ? earlier + [value] : [value]
    }

    private func looksLikeOption(_ word: String) -> Bool {
        if word == "--" { return true }
        if word.hasPrefix("--") {
            let name = word.dropFirst(2).prefix { $0 != "=" }
            return path.options.contains { $0.name == name }
        }
        return word.count == 2 && path.options.contains { $0.short == word.last }
    }

    private func isNegativeNumber(_ word: String) -> Bool {
        Double(word) != nil && !path.options.contains { $0.short.map { word.dropFirst().first == $0 } ?? false }
    }
}
