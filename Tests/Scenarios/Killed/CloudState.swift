import DockerEngine
import Model
import System
import Testing

/// The complete state of a cloud of the project's recipes, without ids, times, and the values of secrets.
struct CloudState: Hashable {
    /// The compared parts as texts, by their names.
    private(set) var parts: [String: String] = [:]

    init(of scenario: Scenario) async throws {
        let secrets = try await Self.secrets(of: scenario)
        func masked(_ text: String) -> String {
            let masked = secrets.reduce(text) { $0.replacing($1.value, with: "<\($1.key)>") }
            // Keys and certificates are made again with their authority.
            return masked.replacing(#/-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----/#, with: "<PEM>")
        }
        for container in try await scenario.containers() {
            let details = try await scenario.engine.inspectContainer(container.id)
            let name = withoutSlot(details.name)
            parts["container \(name)"] = EndState.specification(of: details)
            parts["state of \(name)"] = details.state.state.rawValue
            let script =
                "cd /etc/minke && find . -type f ! -name .manifest.json | sort |"
                + " while read -r f; do stat -c '%n %a %u %g' $f; cat $f; done"
            let exec = ExecConfiguration(["sh", "-c", script], user: "0")
            let files = try await scenario.engine.exec(in: details.id, exec)
            try #require(files.exitCode == 0, "\(name): \(files.errorText)")
            parts["files of \(name)"] = masked(files.outputText)
        }
        for volume in try await scenario.engine.volumes() where volume.labels[Labels.environment] == scenario.name {
            // Both labels are random: one differs with each volume, the other with each state folder that was emptied.
            let labels = volume.labels.filter { ![Labels.volume, Labels.owner].contains($0.key) }
            parts["volume \(withoutSlot(volume.name))"] = "\(labels.sorted { $0.key < $1.key })"
        }
        try await addDatabases(of: scenario)
        try await addKeystone(of: scenario)
    }

    /// The differences from another state, in words.
    func differences(from other: CloudState) -> String {
        Set(parts.keys).union(other.parts.keys).sorted().filter { parts[$0] != other.parts[$0] }
            .map { "\($0)\n  is     \(parts[$0] ?? "absent")\n  wanted \(other.parts[$0] ?? "absent")" }
            .joined(separator: "\n")
    }

    private mutating func addDatabases(of scenario: Scenario) async throws {
        let own = "NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')"
        for (what, statement) in [
            (
                "schemas",
                "SELECT table_schema, table_name, column_name, column_type, column_key FROM information_schema.columns"
                    + " WHERE table_schema \(own) ORDER BY 1, 2, 3"
            ),
            ("users", "SELECT user, host FROM mysql.user ORDER BY 1, 2"),
            ("privileges", "SELECT user, host, db FROM mysql.db ORDER BY 1, 2, 3"),
            ("migrations of keystone", "SELECT version_num FROM keystone.alembic_version ORDER BY 1"),
            ("migrations of glance", "SELECT version_num FROM glance.alembic_version ORDER BY 1"),
        ] {
            parts[what] = try await scenario.sql(statement, in: "mariadb1").joined(separator: "\n")
        }
    }

    private mutating func addKeystone(of scenario: Scenario) async throws {
        for (what, words, columns) in [
            ("users of Keystone", ["user", "list", "--long"], ["Name", "Project", "Enabled", "Description"]),
            ("projects", ["project", "list", "--long"], ["Name", "Enabled", "Description"]),
            ("roles", ["role", "list"], ["Name"]),
            (
                "assignments", ["role", "assignment", "list", "--names"],
                ["Role", "User", "Group", "Project", "System"]
            ),
            ("services", ["service", "list", "--long"], ["Name", "Type", "Description", "Enabled"]),
            ("endpoints", ["endpoint", "list"], ["Region", "Service Type", "Enabled", "Interface", "URL"]),
        ] {
            let list = try #require(try await scenario.openstack(words).list)
            let rows = list.map { row in columns.map { row[$0].map { JSON.text($0) } ?? "" }.joined(separator: " ") }
            parts[what] = rows.sorted().joined(separator: "\n")
        }
    }

    /// The values of the secrets by their keys, the longest first.
    static func secrets(of scenario: Scenario) async throws -> [(key: String, value: String)] {
        let prefix = "environments/\(scenario.name)/secrets/"
        return try await scenario.store().range(prefix: prefix).compactMap { entry in
            try JSON.parse(entry.value)["value"]?.string.map { (String(entry.key.dropFirst(prefix.count)), $0) }
        }.sorted { ($0.value.count, $0.key) > ($1.value.count, $1.key) }
    }
}
