/// The manual page of a program, in roff with the man macros (groff_man(7), mandoc's man(7)).
package func manualPage(of root: CommandDefinition, version: String, date: String) -> String {
    var page = ManualWriter()
    page.macro("TH", root.name.uppercased(), "1", date, "\(root.name) \(version)", "User Commands")
    page.macro("SH", "NAME")
    page.name(root.name, summary: lowercasedFirst(root.summary))
    page.macro("SH", "SYNOPSIS")
    page.synopsis("[OPTIONS] COMMAND [ARGUMENTS]", of: root.name)
    page.macro("SH", "DESCRIPTION")
    page.prose(root.discussion.isEmpty ? root.summary + "." : root.discussion)
    page.macro("SH", "OPTIONS")
    page.options(root.options + root.sharedOptions)

    page.macro("SH", "COMMANDS")
    var variables = root.sharedOptions + root.options
    func visit(_ path: CommandPath) {
        let command = path.current
        variables += command.options + command.sharedOptions
        if command.run != nil || !command.sharedOptions.isEmpty {
            page.macro("SS", String(path.text.dropFirst(root.name.count + 1)))
            let usage = usageLine(of: path)
            page.synopsis(String(usage.dropFirst(path.text.count + 1)), of: path.text)
            page.paragraph(command.summary + ".")
            page.prose(command.discussion, startsParagraph: true)
            page.arguments(command.arguments)
            page.options(command.options + command.sharedOptions)
            page.examples(command.examples)
        }
        for inner in command.visibleSubcommands {
            var deeper = path
            deeper.descend(to: inner)
            visit(deeper)
        }
    }
    for command in root.visibleSubcommands {
        var path = CommandPath(root: root)
        path.descend(to: command)
        visit(path)
    }

    let named = variables.filter { $0.variable != nil }
    if !named.isEmpty {
        page.macro("SH", "ENVIRONMENT")
        for option in named {
            page.tagged("\\fB\(option.variable ?? "")\\fR", "the value of \(option.spelling) where that is missing")
        }
    }
    page.macro("SH", "EXIT STATUS")
    for (status, meaning) in ExitCode.documentation { page.tagged("\\fB\(status)\\fR", meaning) }
    if !root.examples.isEmpty {
        page.macro("SH", "EXAMPLES")
        page.examples(root.examples)
    }
    return page.output
}

private func lowercasedFirst(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
}
