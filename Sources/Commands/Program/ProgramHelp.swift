import CommandLine
import System

extension CommandDefinition {
    static let help: CommandDefinition = CommandDefinition(
        "help",
        summary: "Explain a command",
        examples: [("minke help completion", "the same as minke completion --help")],
        arguments: [.repeated("command", summary: "the command's words")]
    ) { arguments in
        var scanner = ArgumentScanner(root: .minke)
        for word in arguments.list("command") {
            // A command without subcommands would take further words as its arguments.
            guard !scanner.path.current.subcommands.isEmpty else { break }
            try scanner.take(word)
        }
        arguments.show(TextReport(key: "help", body: helpText(of: scanner.path, width: helpWidth(on: .output)) + "\n"))
        return .done
    }
}
