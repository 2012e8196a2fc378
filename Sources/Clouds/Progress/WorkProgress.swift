/// A listener to the steps of a piece of work, of which several may run at the same time.
public protocol WorkProgress: Sendable {
    /// Begins a step, which is under way until its own `end` is called.
    func begin(_ title: String) -> any WorkStep
    /// Reports something beside the steps, in one line.
    func note(_ text: String)
}

/// A step that is under way.
public protocol WorkStep: Sendable {
    /// Reports the current work of the step, such as a wait.
    func say(_ text: String)
    /// Reports the outcome of the step; called once.
    func end(_ outcome: WorkOutcome)
}

/// The outcome of a step.
public enum WorkOutcome: Sendable {
    /// The step is done, with a note if there is something to add, such as `made`.
    case done(note: String?)
    /// The step ended with an error, or was stopped by a `CancellationError`.
    case failed(any Error)
}

/// A listener that does nothing, for work whose steps nobody follows.
public struct NoProgress: WorkProgress, WorkStep {
    /// Creates a listener, which is its own step.
    public init() {}

    /// Returns itself as the step.
    public func begin(_ title: String) -> any WorkStep { self }
    /// Ignores the text.
    public func note(_ text: String) {}
    /// Ignores the text.
    public func say(_ text: String) {}
    /// Ignores the outcome.
    public func end(_ outcome: WorkOutcome) {}
}

extension WorkProgress {
    /// Runs `body` as a step; `body` returns its result and a note on it.
    package func run<T: Sendable>(
        _ title: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (any WorkStep) async throws -> (T, note: String?)
    ) async throws -> T {
        let step = begin(title)
        do {
            let (result, note) = try await body(step)
            step.end(.done(note: note))
            return result
        } catch {
            step.end(.failed(error))
            throw error
        }
    }
}
