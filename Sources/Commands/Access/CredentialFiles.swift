import Model
import System

extension CommandDefinition {
    static let openrc = CommandDefinition(
        "openrc",
        summary: "Write a file that logs a shell's OpenStack clients in, readable by its owner only",
        examples: [("minke openrc && . ./openrc && openstack token issue", "use the cloud from this shell")],
        options: [.value("output", short: "o", "FILE", .file, default: "openrc", summary: "the file to write")]
    ) { arguments in
        let credentials = try Credentials(try await Session(arguments).survey())
        let file = try absolute(arguments.required("output"))
        let authority = try writeAuthority(credentials, beside: file)
        let lines = credentials.variables(inside: false, authorityFile: authority)
            .map { "export \($0.name)=\(shellQuoted($0.value))\n" }
        try withGivenFiles { try Files.write(lines.joined(), to: file, mode: 0o600) }
        arguments.show(WrittenFileReport(file: file, holds: "a password"))
        return .done
    }

    static let cloudsYAML = CommandDefinition(
        "clouds-yaml",
        summary: "Write a clouds.yaml for OpenStack's clients, readable by its owner only",
        examples: [
            (
                "minke clouds-yaml --cloud here && openstack --os-cloud here token issue",
                "use the cloud by a name; without --cloud it has the environment's"
            )
        ],
        options: [
            .value("output", short: "o", "FILE", .file, default: "clouds.yaml", summary: "the file to write"),
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
        if let authority = try writeAuthority(credentials, beside: file) {
            cloud.append(("cacert", .string(authority)))
        }
        let name = arguments.string("cloud") ?? survey.desired.environment
        // JSON is YAML.
        let text = JSON.text(["clouds": .map(ValueMap([(name, .map(ValueMap(cloud)))]))], indented: true)
        try withGivenFiles { try Files.write(text + "\n", to: file, mode: 0o600) }
        arguments.show(WrittenFileReport(file: file, holds: "a password", cloud: name))
        return .done
    }
}

/// Which file was written.
struct WrittenFileReport: Report {
    let file: String
    /// What in it is for its owner only.
    let holds: String
    var cloud: String?

    var value: Value {
        var map = ValueMap([("file", .string(file))])
        if let cloud { map["cloud"] = .string(cloud) }
        return .map(map)
    }

    func text(_ style: Style) -> String { "wrote \(file); it holds \(holds)" }
}

/// Writes the authority's certificate beside a file of credentials where the cloud is reached by TLS.
private func writeAuthority(_ credentials: Credentials, beside file: String) throws -> String? {
    guard credentials.login.publicURL.hasPrefix("https:") else { return nil }
    let path = file + ".ca.pem"
    try withGivenFiles { try Files.write(credentials.authority, to: path, mode: 0o644) }
    return path
}

private func absolute(_ path: String) throws -> String {
    path.hasPrefix("/") ? path : "\(try Files.currentDirectory())/\(path)"
}

/// The text as one word for a POSIX shell.
func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
