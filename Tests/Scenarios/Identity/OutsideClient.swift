import Model
import System
import Testing

/// Debian's client, used with nothing but the files that the program writes: a container on the host's network with the
/// scenario's folder.
struct OutsideClient {
    let scenario: Scenario

    /// Runs a shell script in the folder and returns its output.
    func run(_ script: String) async throws -> String {
        try await Subprocess(
            "docker",
            [
                "run", "--rm", "--network", "host", "--user", "0", "--label", "\(Scenario.label)=\(scenario.name)",
                "--volume", "\(scenario.folder):\(scenario.folder)", "--workdir", scenario.folder,
                "\(scenario.name)/client:epoxy-latest", "sh", "-euc", script,
            ], environment: .adding(["DOCKER_HOST": scenario.engineAddress]), timeLimit: .seconds(120)
        ).run().checked().outputText
    }

    /// Requires that clouds.yaml and openrc both log in to the client's own project, and that only their owner may read
    /// them.
    func requireCredentials(cloud: String) async throws {
        try await scenario.minke("clouds-yaml", "--cloud", cloud)
        try await scenario.minke("openrc")
        for file in ["clouds.yaml", "openrc"] {
            try #require(try Files.status(of: "\(scenario.folder)/\(file)").mode & 0o7777 == 0o600, "\(file)")
        }
        let issue = "token issue -f value -c project_id"
        let named = try await run("openstack --os-cloud \(cloud) \(issue)")
        let sourced = try await run(". ./openrc && openstack \(issue)")
        let wanted = try await scenario.openstack("token", "issue")["project_id"]?.string
        try #require([named, sourced].map { $0.filter { !$0.isNewline } } == [wanted, wanted])
    }
}
