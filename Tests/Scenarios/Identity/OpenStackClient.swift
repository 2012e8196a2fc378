import Glibc
import Model
import System

/// Debian's `openstack` in a container of `minke client`. Its modules, which take seconds of processor time to load,
/// are loaded once, and each command runs in a process of its own, which openstack-commands.py forks.
///
/// The container is there from the first command on, until the program changes the environment.
actor OpenStackClient {
    /// The error of a container that ended while a command was running.
    struct Ended: Error, CustomStringConvertible {
        let description: String
    }

    private static let requests = "openstack-requests"
    private static let script = "openstack-commands.py"

    private var server: Task<Void, Never>?
    /// The number of commands so far.
    private var number = 0
    /// The exchanges that have no answer yet, by their names.
    private var pending: [String: Task<SubprocessResult, any Error>] = [:]
    /// The outcome of the last container's command.
    private var outcome = ""

    /// Runs a command; its words are those after `openstack`.
    ///
    /// - Parameter variables: environment variables beside or in place of those of the administrator's login.
    func run(_ words: [String], variables: [String: String] = [:], in scenario: Scenario) async throws -> ProgramRun {
        try begin(in: scenario)
        let clock = ContinuousClock()
        let start = clock.now
        number += 1
        let pipe = "openstack-\(number)"
        let request = ValueMap([
            ("words", .list(words.map(Value.string))), ("answer", .string(pipe)),
            ("variables", .map(ValueMap(variables.map { ($0.key, Value.string($0.value)) }))),
        ])
        let answer = try await exchange(
            pipe, JSON.text(.map(request)), #"mkfifo "$2" && cat >"$1" && cat "$2" && rm "$2""#, in: scenario)
        let said = try JSON.parse(answer)
        let run = ProgramRun(
            words: ["openstack"] + words, status: Int32(said["status"]?.int ?? -1),
            output: said["output"]?.string ?? "", errors: said["errors"]?.string ?? "",
            seconds: (clock.now - start).seconds)
        scenario.diary.add(
            "$ openstack \(words.joined(separator: " "))  -> \(run.status) (\(run.seconds.rounded(to: 2)) s)")
        for text in [run.output, run.errors] where !text.isEmpty { scenario.diary.add(text) }
        return run
    }

    /// Ends the container, after its commands.
    func end(in scenario: Scenario) async throws {
        guard let server else { return }
        _ = try await exchange("end", "null", #"cat >"$1""#, in: scenario)
        await server.value
    }

    /// Ends the container, whatever it does.
    func cancel() async {
        server?.cancel()
        await server?.value
    }

    /// Starts the container unless it is there.
    private func begin(in scenario: Scenario) throws {
        guard server == nil else { return }
        let pipe = "\(scenario.folder)/\(Self.requests)"
        try Files.remove(pipe)
        guard mkfifo(pipe, 0o600) == 0 else { throw SystemError("mkfifo \(pipe)") }
        let source = "\(Places.repository)/Tests/Scenarios/Identity/\(Self.script)"
        try Files.write(Files.readText(source), to: "\(scenario.folder)/\(Self.script)")
        let command = scenario.command(["client", "--", "python3", Self.script, Self.requests])
        server = Task {
            do {
                let result = try await command.run()
                ended("\(result.status): \(result.outputText)\(result.errorText)")
            } catch {
                ended("\(error)")
            }
        }
    }

    private func ended(_ outcome: String) {
        server = nil
        self.outcome = outcome
        for exchange in pending.values { exchange.cancel() }
    }

    /// Sends a line to the container by a shell script, whose arguments are the pipe of requests and the exchange's
    /// name, and returns the script's output.
    private func exchange(
        _ name: String, _ line: String, _ script: String, in scenario: Scenario
    ) async throws -> String {
        let shell = Subprocess(
            "sh", ["-c", script, "sh", Self.requests, name], directory: scenario.folder,
            input: Array((line + "\n").utf8), timeLimit: .seconds(900))
        let exchange = Task { try await shell.run().checked() }
        pending[name] = exchange
        defer { pending[name] = nil }
        do {
            return try await withTaskCancellationHandler {
                try await exchange.value.outputText
            } onCancel: {
                exchange.cancel()
            }
        } catch is CancellationError {
            try Task.checkCancellation()
            throw Ended(description: "the client ended: \(outcome)")
        }
    }
}
