import DockerEngine
import Model
import System
import Testing

extension Scenario {
    /// Runs Debian's `openstack` and returns its output as JSON.
    func openstack(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> Value {
        try await openstack(words, sourceLocation: sourceLocation)
    }

    /// Runs Debian's `openstack` and returns its output as JSON.
    func openstack(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws -> Value {
        let run = try await client.run(words + ["-f", "json"], in: self)
        try #require(run.status == 0, "\(run.errors)", sourceLocation: sourceLocation)
        return try run.json()
    }

    /// Runs Debian's `openstack` for its effect alone.
    func openstack(do words: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let run = try await client.run(words, in: self)
        try #require(run.status == 0, "\(run.errors)", sourceLocation: sourceLocation)
    }

    /// Requires that an image is what a file of the scenario's folder has.
    func requireSame(image: String, file: String) async throws {
        try await openstack(do: "image", "save", "--file", "received", image)
        let same = try await Subprocess("cmp", [file, "received"], directory: folder).run()
        try #require(same.status.isSuccess, "\(same.outputText)")
    }

    /// Whether a user can log in with a password.
    func canLogIn(_ user: String, _ password: String, project: String) async throws -> Bool {
        let login = ["OS_USERNAME": user, "OS_PASSWORD": password, "OS_PROJECT_NAME": project]
        return try await client.run(["token", "issue"], variables: login, in: self).status == 0
    }

    /// A new token of the administrator.
    func token() async throws -> String {
        try #require(try await openstack("token", "issue")["id"]?.string)
    }

    /// The rows of MariaDB's answer, with tabs between their columns.
    func sql(_ statement: String, in member: String) async throws -> [String] {
        let id = try await self.member(member).id
        let command = ["mariadb", "--batch", "--skip-column-names", "--execute", statement]
        let result = try await engine.exec(in: id, ExecConfiguration(command, user: "0"))
        try #require(result.exitCode == 0, "\(statement): \(result.errorText)")
        return result.outputText.split(separator: "\n").map(String.init)
    }

    /// The values of one column of a list.
    func column(_ name: String, of list: Value) -> [String] { list.list?.compactMap { $0[name]?.string } ?? [] }
}
