import Clouds
import CommandLine
import Model
import System

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
        let credentials = try Credentials(try await Session(arguments).survey())
        let file = try absolute(arguments.required("output"))
        let authority = try writeAuthority(credentials, beside: file, arguments)
        let lines = credentials.variables(inside: false, authorityFile: authority)
            .map { "export \($0.name)=\(shellQuoted($0.value))\n" }
        try withGivenFiles { try Files.writeGiven(lines.joined(), to: file, mode: 0o600) }
        if Files.isStream(file) { return .done }
        arguments.show(WrittenFileReport(file: file, holds: "a password"))
        return .done
    }

    static let cloudsYAML = CommandDefinition(
        "clouds-yaml",
        summary: "Write a clouds.yaml for OpenStack's clients, readable by its owner only",
        discussion: "A file that is there keeps its other clouds.",
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
        let credentials = try Credentials(survey)
        let file = try absolute(arguments.required("output"))
        let login = credentials.login
        var cloud: [(String, Value)] = [
            (
                "auth",
                [
                    "auth_url": .string(login.publicURL), "username": .string(login.user),
                    "password": .string(login.password), "project_name": .string(login.project),
                    "user_domain_name": "Default", "project_domain_name": "Default",
                ]
            ),
            ("region_name", .string(login.region)), ("identity_api_version", 3), ("interface", "public"),
        ]
        if let authority = try writeAuthority(credentials, beside: file, arguments) {
            cloud.append(("cacert", .string(authority)))
        }
        let name = arguments.string("cloud") ?? survey.desired.environment
        let others = try OtherClouds(file: file)
        if let question = others.question(adding: name, url: login.publicURL) { try await arguments.confirm(question) }
        let text = others.text(adding: name, .map(ValueMap(cloud)))
        try withGivenFiles { try Files.writeGiven(text, to: file, mode: 0o600) }
        if Files.isStream(file) { return .done }
        arguments.show(WrittenFileReport(file: file, holds: "a password", cloud: name))
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

/// Writes the certificate of the cloud's authority where the cloud is reached by TLS: beside the file of credentials,
/// or in the state folder where the credentials go to a stream. Returns its path; nil without TLS.
private func writeAuthority(
    _ credentials: Credentials, beside file: String, _ arguments: ParsedArguments
) throws -> String? {
    guard credentials.usesTLS else { return nil }
    var path = file + ".ca.pem"
    if Files.isStream(file) {
        let folder = try absolute(arguments.findState()) + "/authorities"
        path = "\(folder)/\(credentials.environment).pem"
        try withGivenFiles { try Files.makeDirectory(folder, mode: 0o700) }
    }
    try withGivenFiles { try Files.write(credentials.authority, to: path, mode: 0o644) }
    return path
}

private func absolute(_ path: String) throws -> String {
    path.hasPrefix("/") || path == "-" ? path : "\(try Files.currentDirectory())/\(path)"
}

/// The text as one word for a POSIX shell.
func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
