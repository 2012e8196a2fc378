import CommandLine
import System

extension CommandDefinition {
    static let manual: CommandDefinition = CommandDefinition(
        "manual",
        summary: "Print the manual page",
        examples: [
            ("minke manual | man -l -", "read it"),
            ("minke manual > /usr/local/share/man/man1/minke.1", "install it"),
        ]
    ) { arguments in
        arguments.show(
            TextReport(key: "manual", body: manualPage(of: .minke, version: Version.text, date: Version.date)))
        return .done
    }
}
