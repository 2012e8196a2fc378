import Model

/// A parser of command lines, by the definition of the outermost command.
public struct ArgumentParser: Sendable {
    /// The result of parsing: what the command line asks for.
    public enum Request: Sendable {
        case run(CommandDefinition, ParsedArguments)
        /// The help of a command.
        case help(of: CommandPath)
        case version
    }

    package let root: CommandDefinition
    package let variables: @Sendable (String) -> String?

    /// Creates a parser.
    ///
    /// - Parameter variables: looks up an environment variable; nil if it is unset or empty.
    public init(_ root: CommandDefinition, variables: @escaping @Sendable (String) -> String?) {
        self.root = root
        self.variables = variables
    }

    /// Parses the words after the program's name.
    ///
    /// - Throws: `UsageError` with all wrong and missing values, or with the first mistake of another kind.
    public func parse(_ words: [String]) throws(UsageError) -> Request {
        var scanner = ArgumentScanner(root: root)
        for word in words {
            try scanner.take(word)
            if scanner.question == .help { break }
        }
        switch scanner.question {
        case .help: return .help(of: scanner.path)
        case .version: return .version
        case nil: break
        }
        let path = scanner.path
        if let option = scanner.pending {
            throw UsageError("\(option.spelling) needs a value: \(option.valueType?.expectation ?? "")", at: path)
        }
        guard path.current.run != nil else {
            throw UsageError(
                "a command is missing",
                remedy: "there are \(path.current.visibleSubcommands.map(\.name).joined(separator: ", "))", at: path)
        }
        var problems = scanner.valueProblems
        let arguments = arguments(of: scanner, &problems)
        guard problems.isEmpty else { throw UsageError(problems, at: path) }
        return .run(path.current, arguments)
    }

    /// The arguments that the words so far give, ignoring mistakes; for completion.
    func lenientArguments(of scanner: ArgumentScanner) -> ParsedArguments {
        var ignored: [Problem] = []
        return arguments(of: scanner, &ignored)
    }

    private func arguments(of scanner: ArgumentScanner, _ problems: inout [Problem]) -> ParsedArguments {
        let path = scanner.path
        var values = scanner.options
        for option in path.options where values[option.name] == nil {
            values[option.name] = fallback(for: option, &problems)
            if option.isRequired, values[option.name] == nil {
                problems.append(Problem("\(option.spelling) \(option.placeholder ?? "") is missing"))
            }
        }

        var words = scanner.positionals[...]
        for argument in path.current.arguments where !argument.isRest {
            let taken = argument.isRepeated ? words.count : min(1, words.count)
            values[argument.name] = Array(words.prefix(taken))
            words = words.dropFirst(taken)
            if argument.isRequired, taken == 0 { problems.append(missing(argument)) }
        }
        if let last = path.current.arguments.last, last.isRest, last.isRequired, scanner.rest.isEmpty {
            problems.append(missing(last))
        }

        let names = path.options.map(\.name) + path.current.arguments.map(\.name)
        let given = scanner.options.keys + path.current.arguments.map(\.name).filter { values[$0]?.isEmpty == false }
        return ParsedArguments(
            command: path.text, values: values, declared: Set(names), given: Set(given), rest: scanner.rest)
    }

    private func fallback(for option: OptionDefinition, _ problems: inout [Problem]) -> [String]? {
        if let variable = option.variable, let text = variables(variable) {
            if let problem = option.valueType?.problem(with: text, of: "the variable \(variable)") {
                problems.append(problem)
            }
            return [text]
        }
        return option.defaultValue.map { [$0] }
    }

    private func missing(_ argument: ArgumentDefinition) -> Problem {
        Problem("\(argument.placeholder) is missing", remedy: "it is \(argument.summary)")
    }
}
