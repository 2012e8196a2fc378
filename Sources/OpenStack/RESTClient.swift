import HTTP
import Model

/// A request to an OpenStack service.
public struct RESTRequest: Sendable {
    public enum Body: Sendable {
        case none
        case json(Value)
        /// Bytes that are not JSON, such as an image's.
        case content(HTTPRequest.Body)
    }

    public var method: String
    /// The whole URL, encoded.
    public var url: String
    public var token: String?
    public var headers: [(name: String, value: String)]
    public var body: Body
    /// The time limit of the exchange; nil for the client's own.
    public var timeLimit: Duration?

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

/// An answer of an OpenStack service, with its JSON body.
public struct RESTAnswer: Sendable {
    public var status: Int
    /// The headers by name in lower case.
    public var headers: [String: String]
    public var body: Value

    public init(status: Int, headers: [String: String] = [:], body: Value = .null) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    var isSuccess: Bool { (200..<300).contains(status) }
}

/// The HTTP client that the OpenStack clients need.
public protocol RESTClient: Sendable {
    /// Sends a request and gives the answer, whatever its status. Throws only where no answer came.
    func send(_ request: RESTRequest) async throws -> RESTAnswer
}

extension RESTClient {
    /// Sends a request whose body, where there is one, is JSON.
    public func request(_ method: String, _ url: String, token: String?, body: Value?) async throws -> RESTAnswer {
        try await send(RESTRequest(method, url, token: token, body: body.map(RESTRequest.Body.json) ?? .none))
    }
}

/// The error of a request that an OpenStack service refused.
public struct RESTFailure: Error, Sendable, CustomStringConvertible {
    public let method: String
    public let url: String
    public let status: Int
    public let message: String

    init(method: String, url: String, answer: RESTAnswer) {
        self.method = method
        self.url = url
        status = answer.status
        message = Self.message(in: answer.body)
    }

    public var description: String {
        "\(method) \(url) was answered with \(status)" + (message.isEmpty ? "" : ": \(message)")
    }

    /// The service's message, which each service wraps in an object of another name, such as `error`, `NeutronError` or
    /// `itemNotFound`.
    private static func message(in body: Value) -> String {
        guard let map = body.map else { return "" }
        for (_, value) in map {
            if let text = value["message"]?.string { return text }
        }
        return body["message"]?.string ?? ""
    }
}
