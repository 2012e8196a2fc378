import CommandLine

extension CommandDefinition {
    static let config = CommandDefinition(
        "config",
        summary: "Look at configuration: who reads what, and what is rendered",
        subcommands: [.configKeys, .configRender, .configExplain, .configPages]
    )
}
