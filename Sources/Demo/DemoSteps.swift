import Clouds
import Model
import System

/// The steps of the demo: told as they happen, and kept for the report.
package final class DemoSteps: Sendable {
    /// A step that ended well.
    package struct Done: Sendable, Hashable {
        package let title: String
        /// The outcome in words, as `made`.
        package let note: String?
        package let seconds: Double
    }

    private let progress: any WorkProgress
    private let ended = Locked<[Done]>([])
    private let clock = ContinuousClock()

    package init(_ progress: any WorkProgress) { self.progress = progress }

    /// The steps that ended well, in the order of their ends.
    package var done: [Done] { ended.value }

    /// Runs `body` as a step; `body` returns its result and a note on it.
    func run<T: Sendable>(
        _ title: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (any WorkStep) async throws -> (T, note: String?)
    ) async throws -> T {
        let start = clock.now
        return try await progress.run(title) { step in
            let (result, note) = try await body(step)
            let seconds = (clock.now - start).seconds
            ended.withLock { $0.append(Done(title: title, note: note, seconds: seconds)) }
            return (result, note)
        }
    }
}
