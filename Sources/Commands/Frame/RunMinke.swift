import Model
import Synchronization
import System

/// Runs the command that the words after the program's name ask for, and gives the program's exit status.
public func runMinke(arguments: [String]) async -> Int32 {
    prepareStandardStreams()
    let exit = await run(arguments, of: .minke)
    return exit.status
}

private func run(_ words: [String], of root: CommandDefinition) async -> ExitCode {
    let parser = ArgumentParser(root, variables: { environmentVariable($0) })
    do {
        if words.isEmpty, root.run == nil {
            printError(helpText(of: CommandPath(root: root), width: helpWidth(on: .errors)))
            return .usage
        }
        switch try parser.parse(words) {
        case .help(let path):
            printOut(helpText(of: path, width: helpWidth(on: .output)))
            return .done
        case .version:
            printOut("minke \(Version.text)")
            return .done
        case .run(let command, let arguments):
            guard let body = command.run else { return .usage }
            return await runStoppably { try await body(arguments) }
        }
    } catch {
        printError("\(error)")
        return .usage
    }
}

/// The columns that help has on a stream: the terminal's, within what is good to read.
func helpWidth(on stream: Terminal.Stream) -> Int {
    Terminal.width(of: stream).map { min(max($0, 40), 100) } ?? 80
}

/// Runs a command until it ends or a signal cancels it; a second signal ends the program at once.
private func runStoppably(_ body: @escaping @Sendable () async throws -> ExitCode) async -> ExitCode {
    let work = Task { try await body() }
    let received = ReceivedSignal()
    let signals = stopSignals()
    let watcher = Task {
        for await signal in signals {
            if received.note(signal) {
                work.cancel()
            } else {
                endProgram(signal.exitStatus)
            }
        }
    }
    let result = await work.result
    watcher.cancel()
    switch result {
    case .success(let exit):
        return exit
    case .failure(let error):
        return exitCode(for: error, after: received.first)
    }
}

private final class ReceivedSignal: Sendable {
    private let signal = Mutex<StopSignal?>(nil)

    var first: StopSignal? { signal.withLock { $0 } }

    /// Whether it is the first one.
    func note(_ new: StopSignal) -> Bool {
        signal.withLock { signal in
            defer { signal = signal ?? new }
            return signal == nil
        }
    }
}

/// Prints why a command failed, and says what the program exits with.
private func exitCode(for error: any Error, after signal: StopSignal?) -> ExitCode {
    if let signal {
        printError("minke: stopped; the same command, run again, finishes the work")
        return .stopped(signal)
    }
    switch error {
    case let problems as Problems:
        for problem in problems.all { printError(line(for: problem)) }
        return .usage
    case let usage as UsageError:
        printError("\(usage)")
        return .usage
    case let refusal as Refusal:
        printError("minke: \(refusal)")
        return .refused
    case is CancellationError:
        printError("minke: stopped")
        return .failed
    default:
        printError("minke: \(error)")
        return .failed
    }
}

/// A problem with a place begins with it, so that editors find it.
private func line(for problem: Problem) -> String {
    problem.place == nil ? "minke: \(problem)" : "\(problem)"
}
