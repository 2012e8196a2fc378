/// A program to run as a child process, with the options of the run.
public struct Subprocess: Sendable {
    /// The environment variables of a child.
    public enum Environment: Sendable {
        /// The variables of this program.
        case inherited
        /// The variables of this program, some of them replaced or added.
        case adding([String: String])
        /// Only the given variables.
        case only([String: String])
    }

    /// One of a child's two outputs.
    public enum Channel: Sendable {
        case output, errors
    }

    /// A program's path, or its name, which `findProgram` looks for.
    public var program: String
    public var arguments: [String]
    public var environment: Environment
    /// The child's working folder; nil for this program's.
    public var directory: String?
    /// The bytes of its standard input.
    public var input: [UInt8]
    public var timeLimit: Duration?
    /// The time between SIGTERM and SIGKILL for a child that is to stop.
    public var grace: Duration
    /// Receives output as it comes, on a thread of its own.
    public var onOutput: (@Sendable (Channel, [UInt8]) -> Void)?

    public init(
        _ program: String, _ arguments: [String] = [], environment: Environment = .inherited,
        directory: String? = nil, input: [UInt8] = [], timeLimit: Duration? = nil, grace: Duration = .seconds(2),
        onOutput: (@Sendable (Channel, [UInt8]) -> Void)? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
        self.timeLimit = timeLimit
        self.grace = grace
        self.onOutput = onOutput
    }

    /// Runs the program in a process group of its own and waits for its end, whatever its status.
    ///
    /// The whole group is ended when the task is cancelled or the time limit passes, and `CancellationError` or
    /// `TimedOut` is thrown. A program that cannot be started is a `SystemError`.
    public func run() async throws -> SubprocessResult {
        try Task.checkCancellation()
        let stop = try Wakeup()
        return try await withTaskCancellationHandler {
            try await offload { try SubprocessRun(self, stop: stop, inTerminal: false).run() }
        } onCancel: {
            stop.signal()
        }
    }

    /// Runs the program on this program's own standard input and outputs, and waits for its end.
    ///
    /// It stays in this program's process group, so that it may read the terminal and sees Ctrl-C itself.
    public func runInTerminal() async throws -> SubprocessStatus {
        try Task.checkCancellation()
        let stop = try Wakeup()
        return try await withTaskCancellationHandler {
            try await offload { try SubprocessRun(self, stop: stop, inTerminal: true).run().status }
        } onCancel: {
            stop.signal()
        }
    }
}
