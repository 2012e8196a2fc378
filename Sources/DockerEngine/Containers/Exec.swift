import HTTP
import Model
import Synchronization
import System

/// A program to run in a running container.
public struct ExecConfiguration: Sendable, Hashable {
    /// The program and its arguments.
    public var command: [String]
    /// The user; nil for the container's.
    public var user: String?
    /// The working directory; nil for the container's.
    public var workingDirectory: String?
    /// Environment variables; like the arguments, they are visible to everybody who may inspect the container.
    public var environment: [String: String] = [:]

    /// Creates a configuration without variables of its own.
    public init(_ command: [String], user: String? = nil, workingDirectory: String? = nil) {
        self.command = command
        self.user = user
        self.workingDirectory = workingDirectory
    }
}

/// The exit code and the output of a program that ran in a container.
public struct ExecResult: Sendable, Hashable {
    /// The program's exit code.
    public let exitCode: Int
    /// The bytes of the standard output.
    public let output: [UInt8]
    /// The bytes of the standard error.
    public let errors: [UInt8]

    /// The standard output as UTF-8.
    public var outputText: String { String(decoding: output, as: UTF8.self) }
    /// The standard error as UTF-8.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }
}

extension Engine {
    /// Runs a program in a container, gives it `input`, and waits for its end.
    ///
    /// When the time limit passes or the task is cancelled, only the connection is closed: the engine cannot end the
    /// program itself.
    public func exec(
        in container: String, _ configuration: ExecConfiguration, input: [UInt8]? = nil, limit: Duration? = nil
    ) async throws -> ExecResult {
        let collected = Mutex((output: [UInt8](), errors: [UInt8]()))
        let code = try await exec(
            in: container, configuration, input: input.map { .bytes($0) }, limit: limit
        ) { chunk in
            collected.withLock { collected in
                if chunk.channel == .output { collected.output += chunk.bytes } else { collected.errors += chunk.bytes }
            }
        }
        return collected.withLock { ExecResult(exitCode: code, output: $0.output, errors: $0.errors) }
    }

    /// Runs a program in a container, gives it `input`, and passes its output on as it comes, which suits output that
    /// is too large for memory.
    ///
    /// - Returns: the program's exit code.
    public func exec(
        in container: String, _ configuration: ExecConfiguration, input: RawInput?, limit: Duration? = nil,
        onOutput: @escaping @Sendable (OutputChunk) throws -> Void
    ) async throws -> Int {
        let what = "run \(configuration.command.first ?? "nothing") in container \(container)"
        let id = try await createExec(what, container, configuration, hasInput: input != nil, terminal: false)
        let demultiplexer = Mutex(Demultiplexer(isRaw: false))
        try await startExec(what, id, terminal: false, input: input ?? .bytes([]), limit: limit) { piece in
            for chunk in demultiplexer.withLock({ $0.add(piece) }) { try onOutput(chunk) }
        }
        return try await exitCode(of: id, what)
    }

    /// Runs a program in a container on this program's own terminal, and returns its exit code.
    ///
    /// Without a terminal as standard input and output, both are passed on unchanged.
    ///
    /// - Throws: `ExecRefusal` where the program cannot be run.
    public func execInTerminal(in container: String, _ configuration: ExecConfiguration) async throws -> Int {
        let what = "run \(configuration.command.first ?? "nothing") in container \(container)"
        let isTerminal = Terminal.isTerminal(.input) && Terminal.isTerminal(.output)
        let id = try await createExec(what, container, configuration, hasInput: true, terminal: isTerminal)
        let demultiplexer = Mutex(Demultiplexer(isRaw: isTerminal))
        let first = Mutex(FirstOutput())
        let carry: @Sendable () async throws -> Void = { [self] in
            try await startExec(what, id, terminal: isTerminal, input: .descriptor(0), limit: nil) { piece in
                for chunk in demultiplexer.withLock({ $0.add(piece) }) {
                    for chunk in first.withLock({ $0.passing(chunk) }) { chunk.print() }
                }
            }
        }
        if isTerminal {
            try await withRawTerminal { try await resizing(id, while: carry) }
        } else {
            try await carry()
        }
        let code = try await exitCode(of: id, what)
        if let held = first.withLock({ $0.held }) {
            if let refusal = ExecRefusal(said: held.text, exitCode: code) { throw refusal }
            held.print()
        }
        return code
    }

    private func createExec(
        _ what: String, _ container: String, _ configuration: ExecConfiguration, hasInput: Bool, terminal: Bool
    ) async throws -> String {
        var object = JSONObject()
        object.set("Cmd", configuration.command)
        object.set("User", configuration.user)
        object.set("WorkingDir", configuration.workingDirectory)
        object.set("Env", notEmpty: configuration.environment.map { "\($0)=\($1)" }.sorted())
        object.set("AttachStdin", hasInput)
        object.set("AttachStdout", true)
        object.set("AttachStderr", true)
        object.set("Tty", terminal)
        return try await call(what, "POST", "\(path(container))/exec", json: object.value).json().text("Id")
    }

    private func startExec(
        _ what: String, _ id: String, terminal: Bool, input: RawInput, limit: Duration?,
        onBytes: @escaping @Sendable (ArraySlice<UInt8>) throws -> Void
    ) async throws {
        var request = HTTPRequest(
            "POST", try await url("/exec/\(id)/start"), json: ["Detach": false, "Tty": .bool(terminal)])
        request.timeLimit = limit
        let hijacked = request
        let response = try await reaching { try await client.hijack(hijacked, input: input, onBytes: onBytes) }
        if response.status != 101, response.status != 200 { throw EngineError(call: what, response: response) }
    }

    /// Polls for the exit code, which the engine may know only a moment after the connection ended.
    private func exitCode(of id: String, _ what: String) async throws -> Int {
        try await poll(every: .milliseconds(5), within: .seconds(30), for: "the exit code of an exec") {
            let value = try await call(what, "GET", "/exec/\(id)/json").json()
            return value.flag("Running") ? nil : value["ExitCode"]?.wholeNumber
        }
    }

    /// Runs `body`, and meanwhile keeps the exec's terminal as large as this program's own.
    private func resizing(_ id: String, while body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask { [self] in
                for await size in terminalSizes() {
                    // There is nothing to resize before the program has started and after it has ended.
                    _ = try? await call(
                        "resize a terminal", "POST", "/exec/\(id)/resize",
                        query: [("h", String(size.rows)), ("w", String(size.columns))])
                }
                return false
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next(), !isDone {}
        }
    }
}

/// A filter that holds back a program's first output while it may be the engine's message that it cannot run the
/// program.
private struct FirstOutput {
    private(set) var held: OutputChunk?
    private var isPast = false

    /// Adds a chunk and returns those that can be shown now.
    mutating func passing(_ chunk: OutputChunk) -> [OutputChunk] {
        if !isPast, held == nil, chunk.channel == .output, ExecRefusal.mayBegin(chunk.text) {
            held = chunk
            return []
        }
        defer { held = nil }
        isPast = true
        return (held.map { [$0] } ?? []) + [chunk]
    }
}

extension OutputChunk {
    fileprivate func print() { printBytes(bytes, to: channel == .output ? .output : .errors) }
}
