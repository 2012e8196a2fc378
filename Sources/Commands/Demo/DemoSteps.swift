import CommandLine
import Model
import System

/// The steps of the demo: shown as they happen, and kept for the report.
final class DemoSteps: Sendable {
    /// A step that ended well.
    struct Done: Sendable, Hashable {
        let title: String
        /// The outcome in words, as `made`.
        let note: String?
        let seconds: Double
    }

    /// A step that runs.
    struct Running: Sendable {
        fileprivate let display: StepDisplay?
        fileprivate let step: StepDisplay.Step?

        /// Says what the step does or waits for now.
        func say(_ text: String) {
            if let step { display?.say(text, of: step) }
        }
    }

    private let display: StepDisplay?
    private let ended = Locked<[Done]>([])
    private let clock = ContinuousClock()

    init(display: StepDisplay?) { self.display = display }

    /// The steps that ended well, in the order of their ends.
    var done: [Done] { ended.value }

    /// Runs `body` as a step; `body` returns its result and a note on it.
    func run<T: Sendable>(
        _ title: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (Running) async throws -> (T, note: String?)
    ) async throws -> T {
        let step = display?.begin(title)
        let start = clock.now
        do {
            let (result, note) = try await body(Running(display: display, step: step))
            let seconds = (clock.now - start).seconds
            if let step { display?.end(step, .done(note)) }
            ended.withLock { $0.append(Done(title: title, note: note, seconds: seconds)) }
            return result
        } catch {
            // The error itself is told once, at the end.
            if let step { display?.end(step, error is CancellationError ? .stopped : .failed("see below")) }
            throw error
        }
    }

    func close() { display?.close() }
}

/// The result of one look at something that the demo waits for.
enum DemoLook<T: Sendable>: Sendable {
    case over(T)
    /// The present state, in words.
    case notYet(String)
    /// An error that makes further waiting useless.
    case hopeless(any Error)
}

/// The demo's way to wait: how long, and how often it looks.
struct DemoPatience: Sendable {
    /// The longest wait for each thing.
    var limit: Duration
    private static let pace = Duration.milliseconds(500)
    var clock: any Clock<Duration> = ContinuousClock()

    /// Looks again and again until the wait is over, and shows in the step what each look found.
    func wait<T: Sendable>(
        for subject: String, in step: DemoSteps.Running, isolation: isolated (any Actor)? = #isolation,
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
