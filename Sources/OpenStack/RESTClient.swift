import Model

/// A JSON answer of an OpenStack service.
public struct RESTAnswer: Sendable {
    public var status: Int
    /// By lower-case name.
    public var headers: [String: String]
    public var body: Value

    public init(status: Int, headers: [String: String] = [:], body: Value = .null) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What the OpenStack clients need of HTTP.
public protocol RESTClient: Sendable {
    /// `url` is whole; a body is sent as JSON. Throws only where no answer came.
    func request(_ method: String, _ url: String, token: String?, body: Value?) async throws -> RESTAnswer
}

/// An OpenStack service refused a request.
public struct RESTFailure: Error, Sendable, CustomStringConvertible {
    public let method: String
    public let url: String
    public let status: Int
    public let message: String

    init(method: String, url: String, answer: RESTAnswer) {
        self.method = method
        self.url = url
        status = answer.status
        message = answer.body["error"]?["message"]?.string ?? ""
    }

    public var description: String {
        "\(method) \(url) was answered with \(status)" + (message.isEmpty ? "" : ": \(message)")
    }
}
