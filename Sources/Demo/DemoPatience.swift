import Clouds
import Model
import System

/// The result of one look at something that the demo waits for.
enum DemoLook<T: Sendable>: Sendable {
    case over(T)
    /// The present state, in words.
    case notYet(String)
    /// An error that makes further waiting useless.
    case hopeless(any Error)
}

/// The demo's way to wait: how long, and how often it looks.
package struct DemoPatience: Sendable {
    /// The longest wait for each thing.
    package var limit: Duration
    private static let pace = Duration.milliseconds(500)
    var clock: any Clock<Duration> = ContinuousClock()

    /// Looks again and again until the wait is over, and shows in the step what each look found.
    func wait<T: Sendable>(
        for subject: String, in step: any WorkStep, isolation: isolated (any Actor)? = #isolation,
        _ look: () async throws -> DemoLook<T>
    ) async throws -> T {
        let answer: Result<T, any Error> = try await poll(
            every: Self.pace, within: limit, for: subject, clock: clock
        ) {
            do {
                switch try await look() {
                case .over(let result): return .success(result)
                case .hopeless(let error): return .failure(error)
                case .notYet(let words): throw NotYet(description: words)
                }
            } catch {
                if !(error is CancellationError) { step.say("\(error)") }
                throw error
            }
        }
        return try answer.get()
    }

    private struct NotYet: Error, CustomStringConvertible {
        let description: String
    }
}
