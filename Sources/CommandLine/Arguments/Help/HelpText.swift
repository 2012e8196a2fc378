/// The usage of a command, one line: `minke image push [OPTIONS] [RECIPE...]`.
package func usageLine(of path: CommandPath) -> String {
    let command = path.current
    var words = [path.text]
    let required = command.options.filter { $0.isRequired && !$0.isHidden }
    words += required.map { "\($0.spelling) \($0.placeholder ?? "")" }
    words.append("[OPTIONS]")
    if !command.subcommands.isEmpty { words.append("COMMAND") }
    words += command.arguments.map(\.usage)
    return words.joined(separator: " ")
}

/// The help of a command, for a terminal of `width` columns.
package func helpText(of path: CommandPath, width: Int = 80) -> String {
    let command = path.current
    var sections: [[String]] = [wrapped(command.summary + ".", width: width), ["Usage: \(usageLine(of: path))"]]

    for paragraph in paragraphs(of: command.discussion) {
        switch paragraph {
        case .prose(let text): sections.append(wrapped(text, width: width))
        case .literal(let lines): sections.append(lines.map { "    \($0)" })
        }
    }

    func add(_ title: String, _ rows: [(term: String, text: String)]) {
        if !rows.isEmpty { sections.append(["\(title):"] + definitionList(rows, width: width)) }
    }
    add("Commands", command.visibleSubcommands.map { ($0.name, $0.summary) })
    add("Arguments", command.arguments.map { ($0.placeholder, $0.summary) })
    // The shared options of the outermost command are shown as its own.
    let isRoot = path.commands.count == 1
    add("Options", optionRows(command.options + command.sharedOptions))
    if !isRoot { add("Options of all commands", optionRows(path.inheritedOptions)) }

    if !command.examples.isEmpty {
        let lines = command.examples.flatMap { example in
            ["  \(example.line)"] + wrapped(example.purpose, width: width - 6).map { "      \($0)" }
        }
        sections.append(["Examples:"] + lines)
    }
    if !command.subcommands.isEmpty {
        sections.append(["`\(path.text) COMMAND --help` tells more about a command."])
    }
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
}

private func optionRows(_ options: [OptionDefinition]) -> [(term: String, text: String)] {
    options.filter { !$0.isHidden }.map { option in
        let short = option.short.map { "-\($0), " } ?? "    "
        let value = option.placeholder.map { " \($0)" } ?? ""
        return ("\(short)\(option.spelling)\(value)", option.explanation)
    }
}

extension OptionDefinition {
    /// The summary with notes: the choices, the default, and whether the option is required or can be repeated.
    var explanation: String {
        var notes: [String] = []
        if case .choice(let words)? = valueType { notes.append(words.joined(separator: ", ")) }
        if isRequired { notes.append("required") }
        if isRepeated { notes.append("may be repeated") }
        if variable != nil || defaultValue != nil {
            let sources = [variable.map { "$\($0)" }, defaultValue].compactMap { $0 }
            notes.append("default: \(sources.joined(separator: ", else "))")
        }
        return notes.isEmpty ? summary : "\(summary) (\(notes.joined(separator: "; ")))"
    }
}
