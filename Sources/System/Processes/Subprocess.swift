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

    /// An output stream of a child: its standard output or its standard error.
    public enum Channel: Sendable {
        case output, errors
    }

    /// The program's path, or a name that `findProgram` looks up.
    public var program: String
    /// The arguments after the program's name.
    public var arguments: [String]
    /// The environment variables of the child.
    public var environment: Environment
    /// The child's working directory; nil for this program's.
    public var directory: String?
    /// The bytes that the child reads from its standard input.
    public var input: [UInt8]
    /// The time after which the child is ended; nil for no limit.
    public var timeLimit: Duration?
    /// The time between SIGTERM and SIGKILL when the child is ended early.
    public var grace: Duration
    /// Receives output as it arrives, on the thread that waits for the child.
    public var onOutput: (@Sendable (Channel, [UInt8]) -> Void)?

    /// Describes a child process, which `run` starts.
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

    /// Runs the program in a process group of its own and waits for its end, whatever its exit status.
    ///
    /// When the task is cancelled or the time limit passes, the whole process group is ended.
    ///
    /// - Throws: `SystemError` if the program cannot be started; `CancellationError`; `TimedOut`.
    public func run() async throws -> SubprocessResult {
        try Task.checkCancellation()
        let stop = try Wakeup()
        return try await withTaskCancellationHandler {
            try await offload { try SubprocessRun(subprocess: self, stop: stop).run() }
        } onCancel: {
            stop.signal()
        }
    }
}
