import Synchronization

extension AsyncThrowingStream where Element == [UInt8], Failure == any Error {
    /// A stream in which each piece is transformed into any number of elements; ending either stream ends the other.
    func transformed<T: Sendable>(
        _ transform: sending @escaping (Element) throws -> [T]
    ) -> AsyncThrowingStream<T, any Error> {
        let pieces = self
        let (stream, continuation) = AsyncThrowingStream<T, any Error>.makeStream()
        let task = Task {
            do {
                for try await piece in pieces {
                    for element in try transform(piece) { continuation.yield(element) }
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
