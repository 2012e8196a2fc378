extension AsyncThrowingStream where Element == StoreEvent, Failure == any Error {
    /// A watch of a store that has to be asked again and again. It ends when its reader stops, and with the error of a
    /// look that fails.
    ///
    /// - Parameters:
    ///   - start: the state before the first look.
    ///   - interval: the pause between two looks.
    ///   - look: looks for new events, and changes the state.
    package static func polling<State: Sendable>(
        from start: State, every interval: Duration,
        _ look: @escaping @Sendable (inout State) async throws -> [StoreEvent]
    ) -> Self {
        let (stream, continuation) = makeStream()
        let task = Task {
            var state = start
            do {
                while true {
                    for event in try await look(&state) { continuation.yield(event) }
                    try await Task.sleep(for: interval)
                }
            } catch is CancellationError {
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
