/// A command as data, from which parsing, help, completions and the manual come.
public struct CommandDefinition: Sendable {
    /// The action of a command.
    public typealias Run = @Sendable (ParsedArguments) async throws -> ExitCode

    /// The word that calls the command.
    public var name: String
    /// One line for lists of commands: begins with a capitalised verb, no full stop.
    public var summary: String
    /// Paragraphs, separated by empty lines, which help and the manual show below the usage.
    public var discussion: String
    /// Command lines, each with a clause that says what it does: lower-case first letter, no full stop.
    public var examples: [(line: String, purpose: String)]
    /// Options of this command alone.
    public var options: [OptionDefinition]
    /// Options of this command and of all commands below it.
    public var sharedOptions: [OptionDefinition]
    /// Positional arguments in order; a command with subcommands has none.
    public var arguments: [ArgumentDefinition]
    /// The commands below this one.
    public var subcommands: [CommandDefinition]
    /// Other accepted names, which lists do not show.
    public var aliases: [String]
    /// Whether help, completions and the manual leave the command out.
    public var isHidden: Bool
    /// Whether the command, stopped and run again, resumes its work; other commands start anew or change nothing.
    public var isResumable: Bool
    /// The action; nil if the command only groups others.
    public var run: Run?

    /// Creates a command; by default it only groups others.
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

/// A command with the commands above it, outermost first.
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

    /// The shared options of the commands above, nearest first.
    package var inheritedOptions: [OptionDefinition] { commands.dropLast().reversed().flatMap(\.sharedOptions) }

    /// All options that are valid here. Those of inner commands come first and hide outer ones of the same name.
    package var options: [OptionDefinition] { current.options + current.sharedOptions + inheritedOptions }
}
