/// The options that all commands share.
extension OptionDefinition {
    package static let global: [OptionDefinition] = [
        .value(
            "environment", short: "e", "FILE", .name(.environments), default: "./environment.yaml",
            variable: "MINKE_ENVIRONMENT", summary: "the environment to work on"),
        .value(
            "catalog", "DIR", .folder, variable: "MINKE_CATALOG",
            summary: "the folder of recipes; without it, the one that came with the program"),
        .value(
            "state", "DIR", .folder, variable: "MINKE_STATE",
            summary: "the folder that keeps secrets, revisions and the journal"),
        .flag("json", summary: "print the result as JSON"),
        .flag("wide", summary: "do not fit tables to the terminal"),
        .flag("yes", short: "y", summary: "lose data and members without asking"),
        .flag("verbose", short: "v", summary: "say more about what is done"),
        OptionDefinition(name: "help", short: "h", kind: .help, summary: "show this help"),
    ]
}

extension ParsedArguments {
    /// The environment's file (`--environment`); `-` means the standard input.
    public var environmentFile: String {
        let file = required("environment")
        return file == "-" ? "/dev/stdin" : file
    }
    /// The catalogue's folder (`--catalog`); nil if it is not named.
    public var catalogFolder: String? { string("catalog") }
    /// The folder of the state (`--state`); nil if it is not named.
    public var stateFolder: String? { string("state") }
    /// Whether to print results as JSON (`--json`).
    public var wantsJSON: Bool { flag("json") }
    /// Whether to print tables with whole cells, even if they are wider than the terminal (`--wide`).
    var isWide: Bool { flag("wide") }
    /// Whether the user has agreed to interruptions and losses (`--yes`).
    var isConfirmed: Bool { flag("yes") }
    /// Whether to print more about the work (`--verbose`).
    public var isVerbose: Bool { flag("verbose") }
}
