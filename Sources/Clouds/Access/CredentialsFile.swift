import Building
import Model
import System

/// A file that logs OpenStack clients in to a cloud, and beside it the certificate of the cloud's authority, where it
/// is reached by TLS. The file is readable by its owner only.
package struct CredentialsFile: Sendable {
    /// The absolute path, or `-` for the standard output.
    package let path: String
    private let credentials: Credentials
    private let stateFolder: String

    /// - Parameter stateFolder: the folder that keeps the authority's certificate where the file is a stream.
    package init(_ path: String, of credentials: Credentials, stateFolder: String) throws {
        self.path = try Self.absolute(path)
        self.credentials = credentials
        self.stateFolder = stateFolder
    }

    /// Whether the file is a device, a pipe or the standard output.
    package var isStream: Bool { Files.isStream(path) }

    /// The commands by which a shell logs its clients in. Writes the authority's certificate.
    package func shellCommands() throws -> String {
        let authority = try writeAuthority()
        return credentials.variables(inside: false, authorityFile: authority)
            .map { "export \($0.name)=\(shellQuoted($0.value))\n" }.joined()
    }

    /// A clouds.yaml with the cloud in addition to those that the file has. Writes the authority's certificate.
    ///
    /// - Returns: the text, and the question to ask before another cloud or comments are lost; nil where none are.
    /// - Throws: `Problems` where the file exists and is no clouds.yaml.
    package func cloudsYAML(adding name: String) throws -> (text: String, question: String?) {
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
        if let authority = try writeAuthority() { cloud.append(("cacert", .string(authority))) }
        let others = try OtherClouds(file: path)
        return (
            others.text(adding: name, .map(ValueMap(cloud))), others.question(adding: name, url: login.publicURL)
        )
    }

    /// Writes the file. Throws `Problems` where it cannot be written.
    package func write(_ text: String) throws {
        try withGivenFiles { try Files.writeGiven(text, to: path, mode: 0o600) }
    }

    /// Writes the certificate of the cloud's authority: beside the file, or in the state folder where the file is a
    /// stream. Returns its path; nil without TLS.
    private func writeAuthority() throws -> String? {
        guard credentials.usesTLS else { return nil }
        var place = path + ".ca.pem"
        if isStream {
            let folder = try Self.absolute(stateFolder) + "/authorities"
            place = "\(folder)/\(credentials.environment).pem"
            try withGivenFiles { try Files.makeDirectory(folder, mode: 0o700) }
        }
        try withGivenFiles { try Files.write(credentials.authority, to: place, mode: 0o644) }
        return place
    }

    private static func absolute(_ path: String) throws -> String {
        path.hasPrefix("/") || path == "-" ? path : "\(try Files.currentDirectory())/\(path)"
    }
}
