import Glibc
import Model
import System
import Testing

/// The command lines of all processes of this host, read fifty times per second.
enum CommandLines {
    /// Runs `body` and returns the command lines that were seen meanwhile.
    static func seen(in scenario: Scenario, during body: () async throws -> Void) async throws -> [String] {
        let begun = "\(scenario.folder)/command-lines"
        let script = "\(Places.repository)/Tests/Scenarios/Secrets/command_lines.py"
        let looking = Task {
            try await Subprocess("/usr/bin/python3", [script, begun], timeLimit: .seconds(1800)).run().checked()
                .outputText
        }
        do {
            try await scenario.eventually("command lines are looked at") { Files.exists(begun) }
            try await body()
        } catch {
            looking.cancel()
            throw error
        }
        let process = try #require(pid_t(try Files.readText(begun)))
        kill(process, SIGINT)
        return try JSON.parse(try await looking.value).list?.compactMap(\.string) ?? []
    }
}
