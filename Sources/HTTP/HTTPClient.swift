import CCurl
import Synchronization
import System

/// An HTTP client on libcurl, for any number of requests at the same time, each on a thread of its own, over reused
/// connections.
public final class HTTPClient: Sendable {
    /// The socket, TLS settings and use of proxies of all requests.
    public let settings: HTTPSettings

    // An idle worker keeps the connections of its last requests open.
    private let idle = Mutex<[Worker]>([])
    private static let idleLimit = 8

    /// Creates a client; connections are opened by requests.
    public init(_ settings: HTTPSettings = HTTPSettings()) {
        self.settings = settings
    }

    /// Sends a request and returns its whole response, whatever its status.
    ///
    /// - Parameters:
    ///   - onHead: called as soon as the headers are there.
    ///   - onBody: receives the body of a successful response piece by piece, on a thread that may block; an error that
    ///     it throws ends the exchange and is rethrown.
    /// - Throws: `HTTPFailure`, `TimedOut`, `CancellationError`, an error of the body's source or receiver, or
    ///   `SystemError` where libcurl cannot be used.
    public func send(
        _ request: HTTPRequest,
        onHead: (@Sendable (HTTPHead) -> Void)? = nil,
        onBody: (@Sendable ([UInt8]) throws -> Void)? = nil
    ) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let worker = try takeWorker()
        let cancellation = Cancellation()
        let response = try await withTaskCancellationHandler {
            try await offload { [settings] in
                let transfer = Transfer(
                    request, settings: settings, cancellation: cancellation, onHead: onHead, onBody: onBody)
                return try worker.run(transfer)
            }
        } onCancel: {
            cancellation.cancel()
            worker.wakeUp()
        }
        giveBack(worker)
        return response
    }

    /// Sends a request whose response may be endless, and returns its head and a stream of its body.
    ///
    /// The exchange ends when the stream is no longer read. The body of an unsuccessful response is read whole.
    ///
    /// - Throws: the same errors as `send`, here or from the stream.
    public func open(_ request: HTTPRequest) async throws -> (
        head: HTTPHead, pieces: AsyncThrowingStream<[UInt8], any Error>
    ) {
        let (pieces, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        let opening = Opening()
        let task = Task {
            do {
                let response = try await send(request) { head in
                    if head.isSuccess { opening.finish(.success(head)) }
                } onBody: { piece in
                    continuation.yield(piece)
                }
                if !response.body.isEmpty { continuation.yield(response.body) }
                opening.finish(.success(response.head))
                continuation.finish()
            } catch {
                opening.finish(.failure(error))
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        let head = try await withTaskCancellationHandler {
            try await opening.head()
        } onCancel: {
            task.cancel()
        }
        return (head, pieces)
    }

    private func takeWorker() throws -> Worker {
        if let worker = idle.withLock({ $0.popLast() }) { return worker }
        return try Worker()
    }

    private func giveBack(_ worker: Worker) {
        idle.withLock { if $0.count < Self.idleLimit { $0.append(worker) } }
    }
}

/// The head of a response, for one waiting task.
private final class Opening: Sendable {
    private enum State {
        case nothing
        case waited(CheckedContinuation<HTTPHead, any Error>)
        case known(Result<HTTPHead, any Error>)
    }

    private let state = Mutex(State.nothing)

    func head() async throws -> HTTPHead {
        try await withCheckedThrowingContinuation { continuation in
            let known: Result<HTTPHead, any Error>? = state.withLock { state in
                if case .known(let result) = state { return result }
                state = .waited(continuation)
                return nil
            }
            if let known { continuation.resume(with: known) }
        }
    }

    func finish(_ result: Result<HTTPHead, any Error>) {
        let waiting: CheckedContinuation<HTTPHead, any Error>? = state.withLock { state in
            switch state {
            case .known:
                return nil
            case .nothing:
                state = .known(result)
                return nil
            case .waited(let continuation):
                state = .known(result)
                return continuation
            }
        }
        waiting?.resume(with: result)
    }
}
