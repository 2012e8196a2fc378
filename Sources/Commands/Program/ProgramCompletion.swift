import CommandLine
import System

extension CommandDefinition {
    static let completion: CommandDefinition = CommandDefinition(
        "completion",
        summary: "Print a script that lets a shell complete this program's command lines",
        examples: [
            ("source <(minke completion bash)", "complete in this bash from now on"),
            ("minke completion zsh > ~/.zfunc/_minke", "install it for zsh, with ~/.zfunc in $fpath"),
            ("minke completion fish > ~/.config/fish/completions/minke.fish", "install it for fish"),
        ],
        arguments: [.required("shell", .choice(Shell.allCases.map(\.rawValue)), summary: "bash, zsh or fish")]
    ) { arguments in
        guard let shell = Shell(rawValue: arguments.required("shell")) else { return .usage }
        arguments.show(TextReport(key: "script", body: shell.completionScript(for: "minke") + "\n"))
        return .done
    }
}
