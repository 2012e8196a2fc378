import Model

/// A response's status and headers.
public struct HTTPHead: Sendable {
    public let status: Int
    public let headers: [(name: String, value: String)]

    public init(status: Int, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = headers
    }

    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The value of the first header with a name, in upper or lower case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// A response with its whole body.
public struct HTTPResponse: Sendable {
    public let head: HTTPHead
    /// The body; empty where it was handed over piece by piece.
    public let body: [UInt8]

    public init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    public var status: Int { head.status }
    public var isSuccess: Bool { head.isSuccess }
    public func header(_ name: String) -> String? { head.header(name) }

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `null` where it is empty.
    public func json() throws -> Value { body.isEmpty ? .null : try JSON.parse(body) }
}
