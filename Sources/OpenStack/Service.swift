import Model

/// One service of a cloud, spoken to with a token.
struct Service: Sendable {
    /// With its version.
    let url: String
    let client: any RESTClient
    let token: String
    var headers: [(name: String, value: String)] = []

    init(_ type: String, version: String, region: String, keystone: Keystone) throws {
        url = try keystone.catalog.url(type, version: version, in: region)
        client = keystone.client
        token = keystone.token
    }

    /// The objects under `key` of a list.
    func list(_ path: String, _ key: String) async throws -> [Value] {
        let answer = try await send("GET", path)
        guard let items = answer.body[key]?.list else { throw failure("GET", path, answer) }
        return items
    }

    /// One object, or nil where there is none; without a key, the answer itself is it.
    func show(_ path: String, _ key: String?) async throws -> Value? {
        let answer = try await send("GET", path, allowing: [404])
        if answer.status == 404 { return nil }
        guard let key else { return answer.body }
        guard let object = answer.body[key] else { throw failure("GET", path, answer) }
        return object
    }

    /// Makes an object and gives it as the service tells it.
    func create(_ path: String, _ key: String, _ fields: Value) async throws -> Value {
        let answer = try await send("POST", path, .json([key: fields]))
        guard let object = answer.body[key] else { throw failure("POST", path, answer) }
        return object
    }

    /// Removes an object; one that is not there is no error.
    func delete(_ path: String) async throws {
        _ = try await send("DELETE", path, allowing: [404])
    }

    /// The answer, which is a success or has one of the allowed statuses.
    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: RESTRequest.Body = .none, timeLimit: Duration? = nil,
        allowing allowed: Set<Int> = []
    ) async throws -> RESTAnswer {
        let answer = try await client.send(
            RESTRequest(
                method, url + path, token: token, headers: headers, body: body, timeLimit: timeLimit))
        guard answer.isSuccess || allowed.contains(answer.status) else { throw failure(method, path, answer) }
        return answer
    }

    private func failure(_ method: String, _ path: String, _ answer: RESTAnswer) -> RESTFailure {
        RESTFailure(method: method, url: url + path, answer: answer)
    }
}
