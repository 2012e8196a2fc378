extension CommandDefinition {
    /// The mistakes in the definitions of this command and those below it, one sentence each; for tests.
    package func definitionMistakes() -> [String] { mistakes(at: CommandPath(root: self)) }

    private func mistakes(at path: CommandPath) -> [String] {
        let command = path.current
        var found: [String] = []
        func check(_ isRight: Bool, _ message: String) {
            if !isRight { found.append("\(path.text): \(message)") }
        }
        func checkUnique(_ names: [String], _ kind: String) {
            for (index, name) in names.enumerated() where names[..<index].contains(name) {
                check(false, "\(kind) \(name) is declared twice")
            }
        }
        checkUnique(path.options.map(\.name) + command.arguments.map(\.name), "option or argument")
        checkUnique(path.options.compactMap(\.short).map { "-\($0)" }, "option")
        checkUnique(command.subcommands.flatMap { [$0.name] + $0.aliases }, "command")

        check(command.subcommands.isEmpty || command.arguments.isEmpty, "it has both commands and arguments")
        check(command.run != nil || !command.subcommands.isEmpty, "it does nothing")
        check(!command.summary.hasSuffix("."), "its summary ends with a full stop")
        for argument in command.arguments.dropLast() {
            check(!argument.isRest, "\(argument.name) takes all that follows but is not the last")
        }
        let named = command.arguments.filter { !$0.isRest }
        for (argument, next) in zip(named, named.dropFirst()) {
            check(!argument.isRepeated, "\(argument.name) is repeated but not the last")
            check(argument.isRequired || !next.isRequired, "\(argument.name) may be missing but \(next.name) may not")
        }
        for option in command.options + command.sharedOptions {
            check(!option.summary.isEmpty && !option.summary.hasSuffix("."), "the summary of \(option.spelling)")
            if let text = option.defaultValue, let type = option.valueType {
                check(type.accepts(text), "the default of \(option.spelling) is not \(type.expectation)")
            }
        }
        for example in command.examples {
            check(example.line.contains(path.commands[0].name), "the example '\(example.line)' does not call it")
        }
        for inner in command.subcommands {
            var deeper = path
            deeper.descend(to: inner)
            found += inner.mistakes(at: deeper)
        }
        return found
    }
}
