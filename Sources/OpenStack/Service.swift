import Model

/// A client of one service of a cloud, with the session's token.
struct Service: Sendable {
    /// The base URL with the version.
    let url: String
    private let keystone: Keystone
    var headers: [(name: String, value: String)] = []

    init(_ type: String, version: String, region: String, keystone: Keystone) throws {
        url = try keystone.catalog.url(type, version: version, in: region)
        self.keystone = keystone
    }

    /// Lists the objects under `key`.
    func list(_ path: String, _ key: String) async throws -> [Value] {
        let answer = try await send("GET", path)
        guard let items = answer.body[key]?.list else { throw failure("GET", path, answer) }
        return items
    }

    /// Reads one object, or the whole answer if `key` is nil; nil if there is none.
    func show(_ path: String, _ key: String?) async throws -> Value? {
        let answer = try await send("GET", path, allowing: [404])
        if answer.status == 404 { return nil }
        guard let key else { return answer.body }
        guard let object = answer.body[key] else { throw failure("GET", path, answer) }
        return object
    }

    /// Creates an object and returns it as the service does.
    func create(_ path: String, _ key: String, _ fields: Value) async throws -> Value {
        let answer = try await send("POST", path, .json([key: fields]))
        guard let object = answer.body[key] else { throw failure("POST", path, answer) }
        return object
    }

    /// Deletes an object; a missing one is no error.
    func delete(_ path: String) async throws {
        _ = try await send("DELETE", path, allowing: [404])
    }

    /// Sends a request and returns the answer.
    ///
    /// - Throws: `RESTFailure` unless the status is a success or allowed.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: RESTRequest.Body = .none, timeLimit: Duration? = nil,
        allowing allowed: Set<Int> = []
    ) async throws -> RESTAnswer {
        let answer = try await keystone.send(
            RESTRequest(method, url + path, headers: headers, body: body, timeLimit: timeLimit))
        guard answer.isSuccess || allowed.contains(answer.status) else { throw failure(method, path, answer) }
        return answer
    }

    private func failure(_ method: String, _ path: String, _ answer: RESTAnswer) -> RESTFailure {
        RESTFailure(method: method, url: url + path, answer: answer)
    }
}
