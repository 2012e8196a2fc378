import CommandLine

extension CommandDefinition {
    /// The program: all its commands, in the order in which help lists them.
    static let minke: CommandDefinition = CommandDefinition(
        "minke",
        summary: "Build OpenStack's container images and run them as a cloud",
        discussion: """
            Minke builds, tests and ships OpenStack's images, and runs the containers that an environment file \
            describes. Every command can be interrupted and run again.
            """,
        options: [OptionDefinition(name: "version", short: nil, kind: .version, summary: "show the version")],
        sharedOptions: OptionDefinition.global,
        subcommands: [
            .build, .test, .images, .graph, .push, .pull, .clean, .prune, .recipe,
            .plan, .up, .down, .backup, .restore, .status, .top, .ps, .logs, .exec, .start, .stop, .restart,
            .config, .doctor, .externalNet, .client, .openrc, .cloudsYAML, .demo, .verify,
            .help,
            .completion,
            .manual,
            .version,
            .complete,
        ]
    )
}
