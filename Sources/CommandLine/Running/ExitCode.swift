import System

/// The result of a command, as the program's exit status.
public enum ExitCode: Sendable, Hashable {
    /// 0: done, or there was nothing to do.
    case done
    /// 1: something failed.
    case failed
    /// 2: the command line, or a file that it names (environment, catalogue, plan, ...), is wrong or cannot be read;
    /// nothing was changed.
    case usage
    /// 3: `plan` found something to do.
    case changes
    /// 4: something would be lost or interrupted, and the user did not confirm it.
    case refused
    /// 128 plus the signal's number: stopped by a signal, 130 by Ctrl-C.
    case stopped(StopSignal)
    /// The exit status of another program that was run.
    case program(Int32)

    /// The result after Ctrl-C.
    public static let interrupted = ExitCode.stopped(.interrupt)

    /// The number of the exit status.
    public var status: Int32 {
        switch self {
        case .done: 0
        case .failed: 1
        case .usage: 2
        case .changes: 3
        case .refused: 4
        case .stopped(let signal): signal.exitStatus
        case .program(let status): status
        }
    }

    /// The manual's text about exit statuses.
    package static let documentation: [(status: String, meaning: String)] = [
        ("0", "done, or there was nothing to do"),
        ("1", "something failed"),
        ("2", "the command line, or a file that it names, is wrong or cannot be read; nothing was changed"),
        ("3", "a plan was asked for, and there is something to do"),
        ("4", "something would be lost or interrupted, and nobody said yes"),
        (
            "130",
            "interrupted by Ctrl-C; what changes something finishes its work when it is run again (143: ended by SIGTERM)"
        ),
    ]
}
