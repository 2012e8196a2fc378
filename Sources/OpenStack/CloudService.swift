import Model

/// A client of a service by URL paths, for calls that the other clients do not have.
public struct CloudService: Sendable {
    private let service: Service

    /// - Parameters:
    ///   - type: the service's type in the catalogue, as `compute`.
    ///   - version: the version's part of the URL, for catalogues whose URLs lack it.
    /// Throws `Problems` where the cloud has no such service.
    public init(
        _ type: String, version: String, region: String, keystone: Keystone,
        headers: [(name: String, value: String)] = []
    ) throws {
        var service = try Service(type, version: version, region: region, keystone: keystone)
        service.headers = headers
        self.service = service
    }

    /// Lists the objects under `key`; nil where the service has no such list.
    public func list(_ path: String, _ key: String) async throws -> [Value]? {
        let answer = try await service.send("GET", path, allowing: [403, 404, 405])
        return answer.body[key]?.list
    }

    /// Gives the service's answer; nil where nothing is at the path.
    public func show(_ path: String) async throws -> Value? { try await service.show(path, nil) }

    /// Creates an object and gives it as the service returns it.
    public func create(_ path: String, _ key: String, _ fields: Value) async throws -> Value {
        try await service.create(path, key, fields)
    }

    /// Sends a request that changes something and gives the answer.
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
