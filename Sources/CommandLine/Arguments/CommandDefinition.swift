/// A command of the command line as data: help, completions, the manual and parsing all come from it.
public struct CommandDefinition: Sendable {
    public typealias Run = @Sendable (ParsedArguments) async throws -> ExitCode

    public var name: String
    /// One line for lists of commands: starts with a capital verb, no full stop.
    public var summary: String
    /// Paragraphs, separated by empty lines, that the help and the manual show below the usage.
    public var discussion: String
    /// Command lines, each with a clause that says what it does: small first letter, no full stop.
    public var examples: [(line: String, purpose: String)]
    /// Options of this command alone.
    public var options: [OptionDefinition]
    /// Options of this command and of all commands below it.
    public var sharedOptions: [OptionDefinition]
    /// Positional arguments in their order; a command with subcommands has none.
    public var arguments: [ArgumentDefinition]
    public var subcommands: [CommandDefinition]
    /// Other names that are accepted but not shown in lists.
    public var aliases: [String]
    /// Whether the command is left out of help, completions and the manual.
    public var isHidden: Bool
    /// Whether the command, stopped and run again, goes on with its work; others begin anew, or only look.
    public var isResumable: Bool
    /// The command's action; nil where the command only groups others.
    public var run: Run?

    public init(
        _ name: String,
        summary: String,
        discussion: String = "",
        examples: [(line: String, purpose: String)] = [],
        options: [OptionDefinition] = [],
        sharedOptions: [OptionDefinition] = [],
        arguments: [ArgumentDefinition] = [],
        subcommands: [CommandDefinition] = [],
        aliases: [String] = [],
        isHidden: Bool = false,
        isResumable: Bool = false,
        run: Run? = nil
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.options = options
        self.sharedOptions = sharedOptions
        self.arguments = arguments
        self.subcommands = subcommands
        self.aliases = aliases
        self.isHidden = isHidden
        self.isResumable = isResumable
        self.run = run
    }

    package var visibleSubcommands: [CommandDefinition] { subcommands.filter { !$0.isHidden } }

    package func subcommand(named word: String) -> CommandDefinition? {
        subcommands.first { $0.name == word || $0.aliases.contains(word) }
    }
}

/// A command with the commands that it is reached through, outermost first.
public struct CommandPath: Sendable {
    package private(set) var commands: [CommandDefinition]
    package private(set) var current: CommandDefinition

    package init(root: CommandDefinition) {
        commands = [root]
        current = root
    }

    package mutating func descend(to command: CommandDefinition) {
        commands.append(command)
        current = command
    }

    /// The words that call the command: `minke image push`.
    package var text: String { commands.map(\.name).joined(separator: " ") }

    /// The options that come from the commands above, nearest first.
    package var inheritedOptions: [OptionDefinition] { commands.dropLast().reversed().flatMap(\.sharedOptions) }

    /// All options that are valid here; an inner command's comes first and hides an outer one of its name.
    package var options: [OptionDefinition] { current.options + current.sharedOptions + inheritedOptions }
}
