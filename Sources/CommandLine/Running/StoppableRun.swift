import Synchronization
import System

/// A run of a command. A signal cancels it; a second signal ends the program at once.
package struct StoppableRun {
    package let signals: AsyncStream<StopSignal>
    /// Whether the command, run again, resumes its work.
    package let isResumable: Bool
    /// The function that ends the program at the second signal.
    package let end: @Sendable (StopSignal) -> Void

    package init(
        signals: AsyncStream<StopSignal>, isResumable: Bool, end: @escaping @Sendable (StopSignal) -> Void
    ) {
        self.signals = signals
        self.isResumable = isResumable
        self.end = end
    }

    /// Runs the command to its end, and prints its error if it fails.
    package func run(_ body: @escaping @Sendable () async throws -> ExitCode) async -> ExitCode {
        let work = Task { try await body() }
        let first = FirstSignal()
        let watcher = Task { [signals, end] in
            for await signal in signals {
                if first.set(signal) { work.cancel() } else { end(signal) }
            }
        }
        let result = await work.result
        watcher.cancel()
        switch result {
        case .success(let exit):
            return exit
        case .failure(let error):
            let ending = Ending(of: error, after: first.signal, isResumable: isResumable)
            for line in ending.lines { printError(line) }
            return ending.exit
        }
    }
}

private final class FirstSignal: Sendable {
    private let value = Mutex<StopSignal?>(nil)

    package var signal: StopSignal? { value.withLock { $0 } }

    /// Keeps the signal if it is the first one. Returns whether it is.
    package func set(_ new: StopSignal) -> Bool {
        value.withLock { value in
            if value != nil { return false }
            value = new
            return true
        }
    }
}
