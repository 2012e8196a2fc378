import CCurl
import Synchronization
import System

/// Sends requests over connections that are used again; any number at a time, each on a thread of its own.
///
/// A unix socket is spoken to directly, everything else through libcurl.
public final class HTTPClient: Sendable {
    public let settings: HTTPSettings

    // Each worker keeps the connections of the requests it sent.
    private let idle = Mutex<[Worker]>([])
    private let sockets = Mutex(IdleSockets())
    private static let idleLimit = 8

    /// Connections to a unix socket that wait for their next request.
    private struct IdleSockets: @unchecked Sendable {
        private var channels: [SocketChannel] = []

        mutating func take() -> SocketChannel? { channels.popLast() }

        mutating func give(_ channel: SocketChannel) {
            if channels.count < HTTPClient.idleLimit { channels.append(channel) }
        }
    }

    public init(_ settings: HTTPSettings = HTTPSettings()) {
        self.settings = settings
    }

    /// Sends a request and gives its whole response, whatever the status.
    ///
    /// - Parameters:
    ///   - onHead: called as soon as the headers are there.
    ///   - onBody: gets the body of a successful response piece by piece, on a thread that may block; an error it throws
    ///     ends the exchange and is thrown on.
    /// - Throws: `HTTPFailure`, `TimedOut`, `CancellationError`, or what a body's source or receiver throws.
    public func send(
        _ request: HTTPRequest,
        onHead: (@Sendable (HTTPHead) -> Void)? = nil,
        onBody: (@Sendable ([UInt8]) throws -> Void)? = nil
    ) async throws -> HTTPResponse {
        try Task.checkCancellation()
        if let path = settings.unixSocket {
            return try await send(request, toSocket: path, onHead: onHead, onBody: onBody)
        }
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

    private func send(
        _ request: HTTPRequest, toSocket path: String, onHead: (@Sendable (HTTPHead) -> Void)?,
        onBody: (@Sendable ([UInt8]) throws -> Void)?
    ) async throws -> HTTPResponse {
        let stop = try Wakeup()
        return try await withTaskCancellationHandler {
            try await offload { [self] in
                let exchange = try SocketExchange(request, path: path, idle: sockets.withLock { $0.take() })
                let (response, connection) = try exchange.finish(stop: stop, onHead: onHead, onBody: onBody)
                if let connection { sockets.withLock { $0.give(connection) } }
                return response
            }
        } onCancel: {
            stop.signal()
        }
    }

    /// Sends a few short requests at the same time, each over a connection of its own, and gives what waits on the
    /// calling thread for each response; nil where there is no unix socket.
    public func sendTogether(_ requests: [HTTPRequest]) throws -> [() throws -> HTTPResponse]? {
        guard let path = settings.unixSocket else { return nil }
        return try requests.map { request in
            let exchange = try SocketExchange(request, path: path)
            return { try exchange.finish().response }
        }
    }

    /// Sends a request whose response has no foreseeable end, and gives its head and the body as it comes.
    ///
    /// The exchange ends when the pieces are no longer read. The body of an unsuccessful response is whole.
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

/// The head of a response that is waited for once.
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
