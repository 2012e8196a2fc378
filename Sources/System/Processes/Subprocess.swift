/// A program to run as a child: what to run, and how.
public struct Subprocess: Sendable {
    /// The variables that a child sees.
    public enum Environment: Sendable {
        /// Those of this program.
        case inherited
        /// Those of this program with some set anew.
        case adding([String: String])
        /// These and no others.
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
    /// The folder it starts in; without it, this program's.
    public var directory: String?
    /// What it reads from its standard input.
    public var input: [UInt8]
    public var timeLimit: Duration?
    /// How long a child that is to stop has between SIGTERM and SIGKILL.
    public var grace: Duration
    /// Sees output as it comes, on a thread of its own.
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
    /// When the task is cancelled or the time limit passes, the whole group is ended, and `CancellationError` or
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
