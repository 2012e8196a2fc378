import Model

/// A generic client of one service, for API calls that the other clients do not have.
public struct CloudService: Sendable {
    private let service: Service

    /// Finds the service in the catalogue.
    ///
    /// - Parameters:
    ///   - type: the service's type in the catalogue, such as `compute`.
    ///   - version: the version part of the URL, added if the catalogue's URL lacks it.
    ///   - headers: headers of every request, such as a microversion.
    /// - Throws: `Problems` if the cloud has no such service.
    public init(
        _ type: String, version: String, region: String, keystone: Keystone,
        headers: [(name: String, value: String)] = []
    ) throws {
        var service = try Service(type, version: version, region: region, keystone: keystone)
        service.headers = headers
        self.service = service
    }

    /// Lists the objects under `key`; nil if the service has no such list or refuses it (status 403, 404 or 405).
    public func list(_ path: String, _ key: String) async throws -> [Value]? {
        let answer = try await service.send("GET", path, allowing: [403, 404, 405])
        return answer.body[key]?.list
    }

    /// Reads the object at a path; nil if there is none.
    public func show(_ path: String) async throws -> Value? { try await service.show(path, nil) }

    /// Creates an object and returns it as the service does.
    public func create(_ path: String, _ key: String, _ fields: Value) async throws -> Value {
        try await service.create(path, key, fields)
    }

    /// Sends a request that changes something and returns the body of the answer.
    ///
    /// - Parameter allowed: statuses that are no error, beside those of success.
    /// - Throws: `RESTFailure` for any other status.
    @discardableResult
    public func send(
        _ method: String, _ path: String, _ body: Value? = nil, allowing allowed: Set<Int> = []
    ) async throws -> Value {
        try await service.send(method, path, body.map(RESTRequest.Body.json) ?? .none, allowing: allowed).body
    }

    /// Uploads the content of an object.
    public func upload(_ path: String, _ content: RESTRequest.Body, limit: Duration) async throws {
        try await service.send("PUT", path, content, timeLimit: limit)
    }

    /// Deletes an object; a missing one is no error.
    public func delete(_ path: String) async throws { try await service.delete(path) }
}
