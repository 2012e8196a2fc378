import Model
import System

/// How a command that threw an error ends: what is printed, and what the program exits with.
struct Ending: Equatable {
    let lines: [String]
    let exit: ExitCode

    init(lines: [String], exit: ExitCode) {
        self.lines = lines
        self.exit = exit
    }

    /// - Parameters:
    ///   - signal: the signal that had cancelled the command before.
    ///   - isResumable: whether the command, run again, goes on where it was stopped.
    init(of error: any Error, after signal: StopSignal?, isResumable: Bool) {
        if let signal {
            // Work that was cancelled may say so in an error of its own, which can be worth reading.
            let reason = error is CancellationError ? [] : ["minke: \(error)"]
            let goesOn = isResumable && !(error is Refusal)
            lines =
                reason + [goesOn ? "minke: stopped; the same command, run again, finishes the work" : "minke: stopped"]
            exit = .stopped(signal)
            return
        }
        switch error {
        case let problems as Problems:
            lines = problems.all.map(Self.line)
            exit = .usage
        case let usage as UsageError:
            lines = ["\(usage)"]
            exit = .usage
        case let refusal as Refusal:
            lines = ["minke: \(refusal)"]
            exit = .refused
        case is CancellationError:
            lines = ["minke: stopped"]
            exit = .failed
        default:
            lines = ["minke: \(error)"]
            exit = .failed
        }
    }

    /// A problem with a place begins with it, so that editors find it.
    private static func line(for problem: Problem) -> String {
        problem.place == nil ? "minke: \(problem)" : "\(problem)"
    }
}
