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

    /// The first header of a name, in whatever case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// A whole response.
public struct HTTPResponse: Sendable {
    public let head: HTTPHead
    /// Empty where the body was handed over piece by piece.
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
