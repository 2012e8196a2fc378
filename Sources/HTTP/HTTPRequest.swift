import Model

/// A request: what is asked for, with which body, in what time.
public struct HTTPRequest: Sendable {
    /// Where a body's bytes come from.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Pieces until there are none, asked for on a thread that may block; sent in chunks where the size is not known.
        case pieces(size: Int?, next: @Sendable () throws -> [UInt8]?)
    }

    public var method: String
    /// The whole URL, encoded.
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: Body
    /// How long the whole exchange may take; without it, for ever.
    public var timeLimit: Duration?
    public var connectLimit: Duration

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

    /// A request whose body is a value as JSON.
    public init(
        _ method: String, _ url: String, headers: [(name: String, value: String)] = [], json: Value,
        timeLimit: Duration? = nil
    ) {
        self.init(
            method, url, headers: headers + [("Content-Type", "application/json")], body: .bytes(JSON.bytes(json)),
            timeLimit: timeLimit)
    }

    /// Method and URL for messages; the query, which can hold anything, is left out.
    var subject: String { "\(method) \(url.prefix { $0 != "?" })" }
}
