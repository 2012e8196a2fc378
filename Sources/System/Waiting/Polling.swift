/// Calls `check` every `interval` until it returns a value or `limit` has passed.
///
/// With `longest`, the pauses grow: each is an eighth of the time that has passed or three times as long as the last check
/// took, between `interval` and `longest`, so that costly checks do not take more than their share of a busy machine.
///
/// - Parameter subject: the awaited event, in words that follow "waited for".
/// - Throws: `TimedOut` with the last error of `check`, whose errors count as failed tries; `CancellationError`.
public func poll<Result: Sendable>(
    every interval: Duration,
    growingTo longest: Duration? = nil,
    within limit: Duration,
    for subject: String,
    clock: some Clock<Duration> = ContinuousClock(),
    isolation: isolated (any Actor)? = #isolation,
    _ check: () async throws -> Result?
) async throws -> Result {
    let start = clock.now
    var lastFailure: String?
    while true {
        let begin = clock.now
        do {
            if let result = try await check() { return result }
            lastFailure = nil
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            lastFailure = "\(error)"
        }
        try Task.checkCancellation()
        let end = clock.now
        let passed = start.duration(to: end)
        if passed >= limit { throw TimedOut(subject, after: limit, lastFailure: lastFailure) }
        let pause = longest.map { min(max(interval, passed / 8, begin.duration(to: end) * 3), $0) } ?? interval
        try await clock.sleep(for: min(pause, limit - passed))
    }
}

/// Calls `check` until it returns true; see `poll(every:growingTo:within:for:)`.
public func wait(
    every interval: Duration,
    growingTo longest: Duration? = nil,
    within limit: Duration,
    for subject: String,
    clock: some Clock<Duration> = ContinuousClock(),
    isolation: isolated (any Actor)? = #isolation,
    until check: () async throws -> Bool
) async throws {
    try await poll(every: interval, growingTo: longest, within: limit, for: subject, clock: clock) { () -> Void? in
        try await check() ? () : nil
    }
}

/// Runs `body`; cancels it and throws `TimedOut` when `limit` has passed.
///
/// `body` must react to cancellation, since the function waits for its end.
public func withDeadline<T: Sendable>(
    _ limit: Duration,
    for subject: String,
    _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw TimedOut(subject, after: limit)
        }
        return result
    }
}
