import HTTP
import Model

/// A request to an OpenStack service.
public struct RESTRequest: Sendable {
    /// The body of a request.
    public enum Body: Sendable {
        case none
        case json(Value)
        /// Bytes that are not JSON, such as an image's.
        case content(HTTPRequest.Body)
    }

    /// The HTTP method, such as `GET`.
    public var method: String
    /// The whole URL, encoded.
    public var url: String
    /// The token that the request carries in `X-Auth-Token`; nil for none.
    public var token: String?
    /// Headers beside `Accept`, `Content-Type` and the token's.
    public var headers: [(name: String, value: String)]
    /// The body, if the method has one.
    public var body: Body
    /// The time limit of request and answer; nil for the client's own.
    public var timeLimit: Duration?

    /// Creates a request.
    public init(
        _ method: String, _ url: String, token: String? = nil, headers: [(name: String, value: String)] = [],
        body: Body = .none, timeLimit: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.token = token
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
    }
}

extension RESTRequest {
    /// Whether the request can be sent again: a body that is read piece by piece is gone.
    var canBeRepeated: Bool {
        if case .content(.pieces) = body { false } else { true }
    }
}

/// An answer of an OpenStack service, with its JSON body.
public struct RESTAnswer: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The headers by name in lower case.
    public var headers: [String: String]
    /// The JSON body; null if there is none.
    public var body: Value

    /// Creates an answer.
    public init(status: Int, headers: [String: String] = [:], body: Value = .null) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    var isSuccess: Bool { (200..<300).contains(status) }
}

/// An HTTP client for the OpenStack clients.
public protocol RESTClient: Sendable {
    /// Sends a request and returns the answer, whatever its status.
    ///
    /// - Throws: an error only if no answer came.
    func send(_ request: RESTRequest) async throws -> RESTAnswer
}

extension RESTClient {
    /// Sends a request with a JSON body or without one.
    public func request(_ method: String, _ url: String, token: String?, body: Value?) async throws -> RESTAnswer {
        try await send(RESTRequest(method, url, token: token, body: body.map(RESTRequest.Body.json) ?? .none))
    }
}

/// The error of a request that an OpenStack service refused.
public struct RESTFailure: Error, Sendable, CustomStringConvertible {
    /// The HTTP method of the request.
    public let method: String
    /// The URL of the request.
    public let url: String
    /// The HTTP status of the answer.
    public let status: Int
    /// The service's own message; empty if the answer has none.
    public let message: String

    init(method: String, url: String, answer: RESTAnswer) {
        self.method = method
        self.url = url
        status = answer.status
        message = Self.message(in: answer.body)
    }

    /// The request and the status of its answer, with the service's own message where there is one.
    public var description: String {
        "\(method) \(url) was answered with \(status)" + (message.isEmpty ? "" : ": \(message)")
    }

    /// The message of an answer. Each service wraps it in an object of another name, such as `error`, `NeutronError` or
    /// `itemNotFound`.
    private static func message(in body: Value) -> String {
        guard let map = body.map else { return "" }
        for (_, value) in map {
            if let text = value["message"]?.string { return text }
        }
        return body["message"]?.string ?? ""
    }
}
