import CommandLine

extension CommandDefinition {
    static let config = CommandDefinition(
        "config",
        summary: "Show configuration: settings with their readers, and rendered files",
        subcommands: [.configKeys, .configRender, .configExplain, .configPages]
    )
}
