import Clouds
import CommandLine
import Model

extension CommandDefinition {
    static let openrc = CommandDefinition(
        "openrc",
        summary: "Write a file that logs a shell's OpenStack clients in, readable by its owner only",
        examples: [("minke openrc && . ./openrc && openstack token issue", "use the cloud from this shell")],
        options: [
            .value(
                "output", short: "o", "FILE", .file, default: "openrc",
                summary: "the file to write; - is the standard output")
        ]
    ) { arguments in
        let file = try CredentialsFile(
            arguments.required("output"), of: Credentials(try await Session(arguments).survey()),
            stateFolder: arguments.findState())
        try file.write(file.shellCommands())
        if file.isStream { return .done }
        arguments.show(WrittenFileReport(file: file.path, holds: "a password"))
        return .done
    }

    static let cloudsYAML = CommandDefinition(
        "clouds-yaml",
        summary: "Write a clouds.yaml for OpenStack's clients, readable by its owner only",
        discussion: "An existing file keeps its other clouds.",
        examples: [
            ("minke clouds-yaml -o ~/.config/openstack/clouds.yaml", "add the cloud to those of your own"),
            (
                "minke clouds-yaml --cloud here && openstack --os-cloud here token issue",
                "use the cloud by a name; without --cloud it has the environment's"
            ),
        ],
        options: [
            .value(
                "output", short: "o", "FILE", .file, default: "clouds.yaml",
                summary: "the file to write; - is the standard output"),
            .value("cloud", "NAME", summary: "the cloud's name in it; without it, the environment's"),
        ]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let file = try CredentialsFile(
            arguments.required("output"), of: Credentials(survey), stateFolder: arguments.findState())
        let name = arguments.string("cloud") ?? survey.desired.environment
        let (text, question) = try file.cloudsYAML(adding: name)
        if let question { try await arguments.confirm(question) }
        try file.write(text)
        if file.isStream { return .done }
        arguments.show(WrittenFileReport(file: file.path, holds: "a password", cloud: name))
        return .done
    }
}

/// A report of the file that a command wrote.
struct WrittenFileReport: Report {
    let file: String
    /// The secret part of the file, in words: `a password`.
    let holds: String
    var cloud: String?

    var value: Value {
        var map = ValueMap([("file", .string(file))])
        if let cloud { map["cloud"] = .string(cloud) }
        return .map(map)
    }

    func text(_ style: Style) -> String { "wrote \(file); it holds \(holds)" }
}
