import Model

/// A request with its body and time limits.
public struct HTTPRequest: Sendable {
    /// The source of a body's bytes.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Pieces until `next` returns nil, called on a thread that may block; sent in chunks where the size is nil.
        case pieces(size: Int?, next: @Sendable () throws -> [UInt8]?)
    }

    /// The method, such as `GET`.
    public var method: String
    /// The whole URL, percent-encoded.
    public var url: String
    /// The headers beside those that libcurl sets itself.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: Body
    /// The time limit of the whole exchange; nil for none.
    public var timeLimit: Duration?
    /// The time limit of connecting, TLS included.
    public var connectLimit: Duration

    /// Creates a request.
    public init(
        _ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: Body = .none,
        timeLimit: Duration? = nil, connectLimit: Duration = .seconds(10)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
        self.connectLimit = connectLimit
    }

    /// Creates a request whose body is a value as JSON.
    public init(
        _ method: String, _ url: String, headers: [(name: String, value: String)] = [], json: Value,
        timeLimit: Duration? = nil
    ) {
        self.init(
            method, url, headers: headers + [("Content-Type", "application/json")], body: .bytes(JSON.bytes(json)),
            timeLimit: timeLimit)
    }

    /// The method and URL for messages, without the query, which may be long or secret.
    var subject: String { "\(method) \(url.prefix { $0 != "?" })" }
}
