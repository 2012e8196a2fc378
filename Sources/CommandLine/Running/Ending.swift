import Model
import System

/// The end of a command that threw an error: the lines to print and the exit status.
package struct Ending: Equatable {
    package let lines: [String]
    package let exit: ExitCode

    package init(lines: [String], exit: ExitCode) {
        self.lines = lines
        self.exit = exit
    }

    /// Derives the end from the error.
    ///
    /// - Parameters:
    ///   - signal: the signal that cancelled the command; nil if none did.
    ///   - isResumable: whether the command, run again, resumes its work.
    package init(of error: any Error, after signal: StopSignal?, isResumable: Bool) {
        if let signal {
            // Cancelled work may throw an error of its own, which can be worth reading.
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

    /// The line for a problem. It begins with the place, if there is one, so that editors find it.
    private static func line(for problem: Problem) -> String {
        problem.place == nil ? "minke: \(problem)" : "\(problem)"
    }
}
