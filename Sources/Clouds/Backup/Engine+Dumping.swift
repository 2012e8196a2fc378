import DockerEngine
import HTTP
import Model
import Synchronization

extension Engine {
    /// Runs a recipe's own dump tool in a member's container, with streams as its input and output. Throws `Problems`
    /// with the tool's error output where it fails.
    func run(
        _ command: [String], in container: String, of member: String, input: RawInput?,
        onOutput: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws {
        let errors = Mutex("")
        let code = try await exec(in: container, ExecConfiguration(command, user: "0"), input: input) { chunk in
            if chunk.channel == .output {
                try onOutput(chunk.bytes)
            } else {
                errors.withLock { $0 = String(($0 + chunk.text).suffix(4000)) }
            }
        }
        if code != 0 {
            let said = errors.withLock { $0 }
            throw Problems("`\(command.joined(separator: " "))` in \(member) failed with status \(code): \(said)")
        }
    }
}
