@testable import CommandLine

/// A program with every kind of option and argument.
let sample = CommandDefinition(
    "prog",
    summary: "Do sample things",
    discussion: "A program of the tests.",
    options: [OptionDefinition(name: "version", short: nil, kind: .version, summary: "show the version")],
    sharedOptions: [
        .value(
            "environment", short: "e", "FILE", .name(.environments), default: "env.yaml", variable: "PROG_ENV",
            summary: "the environment"),
        .flag("json", summary: "print JSON"),
        .flag("verbose", short: "v", summary: "say more"),
        .flag("yes", summary: "do not ask"),
        OptionDefinition(name: "help", short: "h", kind: .help, summary: "show this help"),
    ],
    subcommands: [
        CommandDefinition(
            "build", summary: "Build images",
            examples: [("prog build -j 4 keystone", "build one with its parents, four at a time")],
            options: [
                .value("jobs", short: "j", "N", .integer(1...64), default: "2", summary: "how many at a time"),
                .flag("force", short: "f", summary: "build again"),
                .value("version", "TEXT", summary: "the version to tag"),
                .repeated("set", "NAME=VALUE", .assignment, summary: "a build argument"),
                .value("within", "TIME", .duration, summary: "the limit"),
                .value("memory", "SIZE", .size, summary: "the limit of memory"),
                .value("progress", "KIND", .choice(["plain", "terminal"]), summary: "how to show progress"),
            ],
            arguments: [.repeated("recipe", .name(.recipes), summary: "what to build; without it, all")],
            run: { _ in .done }),
        CommandDefinition(
            "exec", summary: "Run a program in a member",
            arguments: [
                .required("member", .name(.members), summary: "the member"),
                .rest("command", summary: "the program with its arguments"),
            ],
            run: { _ in .done }),
        CommandDefinition(
            "client", summary: "Run a client",
            arguments: [.rest("command", required: true, summary: "the program with its arguments")],
            run: { _ in .done }),
        CommandDefinition(
            "image", summary: "Work on images",
            subcommands: [
                CommandDefinition(
                    "push", summary: "Push an image",
                    options: [.value("registry", "HOST", required: true, summary: "where to")],
                    arguments: [
                        .required("image", summary: "the image"), .optional("tag", summary: "its tag"),
                    ],
                    run: { _ in .done }),
                CommandDefinition("list", summary: "List images", aliases: ["ls"], run: { _ in .done }),
            ]),
        CommandDefinition("secret", summary: "Be hidden", isHidden: true, run: { _ in .done }),
    ]
)

/// Parses words by the sample's definitions, with the given environment variables.
func parse(_ words: String..., variables: [String: String] = [:]) throws -> ParsedArguments {
    let request = try ArgumentParser(sample, variables: { variables[$0] }).parse(words)
    guard case .run(_, let arguments) = request else { throw NotRun(request: request) }
    return arguments
}

/// The error of words that do not run a command.
struct NotRun: Error {
    let request: ArgumentParser.Request
}

/// The problems with the words, as they are printed, without the lines about usage.
func usageProblems(_ words: String..., variables: [String: String] = [:]) -> [String] {
    do {
        _ = try ArgumentParser(sample, variables: { variables[$0] }).parse(words)
        return []
    } catch {
        return error.problems.map { "\(error.command): \($0)" }
    }
}
