import HTTP
import Model
import Synchronization
import System

/// A client of one Docker Engine's API (https://docs.docker.com/reference/api/engine/).
///
/// Calls may run at the same time. Each may throw `EngineError`, `EngineUnreachable`, `TimedOut` and
/// `CancellationError`.
public final class Engine: Sendable {
    /// The address at which the engine listens.
    public let address: EngineAddress
    let client: HTTPClient
    private let agreed = Mutex<Task<APIVersion, any Error>?>(nil)
    private let known = Mutex<APIVersion?>(nil)

    /// The time limit of a call that is little work for the engine.
    static let shortLimit = Duration.seconds(60)

    /// Creates a client without connecting.
    public init(_ address: EngineAddress) {
        self.address = address
        client = HTTPClient(address.settings)
    }

    /// Creates a client of the engine that environment variables name; see `EngineAddress.fromEnvironment`.
    public convenience init() throws { self.init(try .fromEnvironment()) }

    /// Asks for the API version in the background, so that it is known when the first call needs it.
    public func prepare() { _ = askVersion() }

    /// The newest API version that both sides speak. The first call that needs it asks for it, once.
    public func apiVersion() async throws -> APIVersion {
        let asking = askVersion()
        do {
            return try await withTaskCancellationHandler {
                try await asking.value
            } onCancel: {
                asking.cancel()
            }
        } catch {
            agreed.withLock { if $0 == asking { $0 = nil } }
            throw error
        }
    }

    /// The API version that was agreed on; nil before that.
    public var knownVersion: APIVersion? { known.withLock { $0 } }

    private func askVersion() -> Task<APIVersion, any Error> {
        agreed.withLock { asking in
            let task = asking ?? Task { try await agree() }
            asking = task
            return task
        }
    }

    private func agree() async throws -> APIVersion {
        let ping = try await ping()
        guard ping.apiVersion >= .oldest else {
            throw EngineError(
                call: "use the engine at \(address)", status: 200,
                message: "its API version is \(ping.apiVersion), at least \(APIVersion.oldest) is needed")
        }
        let version = min(ping.apiVersion, .newest)
        known.withLock { $0 = version }
        return version
    }

    /// Sends a request to a path below the API version and returns the response.
    ///
    /// - Throws: `EngineError` unless its status means success, is 304, or is in `statuses`.
    @discardableResult
    func call(
        _ what: String, _ method: String, _ path: String, query pairs: [(String, String)] = [], json: Value? = nil,
        limit: Duration? = Engine.shortLimit, allowing statuses: Set<Int> = []
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(method, try await url(path, pairs), timeLimit: limit)
        if let json {
            request.headers.append(("Content-Type", "application/json"))
            request.body = .bytes(JSON.bytes(json))
        }
        return try check(what, try await send(request), allowing: statuses)
    }

    /// Sends a request unchanged and returns the response, whatever its status.
    func send(
        _ request: HTTPRequest, onHead: (@Sendable (HTTPHead) -> Void)? = nil,
        onBody: (@Sendable ([UInt8]) throws -> Void)? = nil
    ) async throws -> HTTPResponse {
        try await reaching { try await client.send(request, onHead: onHead, onBody: onBody) }
    }

    /// Opens an endless response.
    ///
    /// - Throws: `EngineError` for an unsuccessful status.
    func open(
        _ what: String, _ method: String, _ path: String, query pairs: [(String, String)] = []
    ) async throws -> AsyncThrowingStream<[UInt8], any Error> {
        let request = HTTPRequest(method, try await url(path, pairs))
        let (head, pieces) = try await reaching { try await client.open(request) }
        if head.isSuccess { return pieces }
        var body: [UInt8] = []
        for try await piece in pieces { body += piece }
        throw EngineError(call: what, response: HTTPResponse(head: head, body: body))
    }

    func url(_ path: String, _ pairs: [(String, String)] = []) async throws -> String {
        let version = try await apiVersion()
        return "\(address.base)/v\(version)\(path)\(query(pairs.map { (name: $0.0, value: $0.1) }))"
    }

    func check(_ what: String, _ response: HTTPResponse, allowing statuses: Set<Int> = []) throws -> HTTPResponse {
        guard response.isSuccess || response.status == 304 || statuses.contains(response.status) else {
            throw EngineError(call: what, response: response)
        }
        return response
    }

    func reaching<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let failure as HTTPFailure where failure.kind == .unreachable || failure.kind == .tls {
            throw EngineUnreachable(address, reason: failure.reason)
        }
    }
}

/// The filters of a list, such as `["label": ["a=b"]]`. The values of a key are alternatives, except for labels, which
/// an entry must all have.
public typealias Filters = [String: [String]]

extension Filters {
    var pair: [(String, String)] {
        if isEmpty { return [] }
        let pairs = map { (key: $0.key, value: Model.Value.texts($0.value)) }
        let value = Model.Value.map(ValueMap(pairs.map { ($0.key, $0.value) }))
        return [("filters", JSON.text(value))]
    }
}
