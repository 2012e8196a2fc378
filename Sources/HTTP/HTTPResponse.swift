import Model

/// A response's status and headers.
public struct HTTPHead: Sendable {
    /// The status code.
    public let status: Int
    /// The headers in the order in which they came.
    public let headers: [(name: String, value: String)]

    /// Creates a head.
    public init(status: Int, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = headers
    }

    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The value of the first header with a name, in upper or lower case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// A response with its whole body.
public struct HTTPResponse: Sendable {
    /// The status and headers.
    public let head: HTTPHead
    /// The body; empty where it was handed over piece by piece.
    public let body: [UInt8]

    /// Creates a response.
    public init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    /// The status code.
    public var status: Int { head.status }
    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { head.isSuccess }
    /// The value of the first header with a name, in upper or lower case.
    public func header(_ name: String) -> String? { head.header(name) }

    /// The body as UTF-8, with invalid bytes replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `null` where it is empty.
    public func json() throws -> Value { body.isEmpty ? .null : try JSON.parse(body) }
}
