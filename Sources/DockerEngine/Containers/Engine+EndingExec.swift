import Model
import System

extension Engine {
    /// The environment variable by which the program and its children are found in the container.
    private static let mark = "MINKE_EXEC"

    /// Runs a program like `execInTerminal`, and ends it with SIGTERM where the task is cancelled: the engine itself
    /// would let it run on.
    public func execEndingWithUs(in container: String, _ configuration: ExecConfiguration) async throws -> Int {
        var generator = SystemRandomNumberGenerator()
        let value = String(generator.next(), radix: 16)
        var configuration = configuration
        configuration.environment[Self.mark] = value
        do {
            return try await execInTerminal(in: container, configuration)
        } catch let error as CancellationError {
            // A task of its own, since this one is cancelled.
            await Task { try? await endMarked(value, in: container) }.value
            throw error
        }
    }

    private func endMarked(_ value: String, in container: String) async throws {
        let script = """
            for process in /proc/[0-9]*; do
                if tr '\\0' '\\n' <"$process/environ" | grep -qx "\(Self.mark)=$0"; then kill -s TERM "${process#/proc/}"; fi
            done
            """
        let end = ExecConfiguration(["sh", "-c", script, value], user: "0")
        _ = try await exec(in: container, end, limit: .seconds(10))
    }
}
