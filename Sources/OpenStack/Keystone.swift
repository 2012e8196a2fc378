import Model

/// A session with Keystone's Identity API v3 as one user of one project.
public struct Keystone: Sendable {
    /// The identity endpoint with its version, such as `http://198.18.0.2:5000/v3`.
    public let url: String
    /// The endpoints of the cloud's services, as the token lists them.
    public let catalog: ServiceCatalog
    /// The identifier of the session's project; nil where the token names none.
    public let project: String?
    private let client: any RESTClient
    private let token: SessionToken

    /// Logs in with a password (Identity API v3, "Password authentication with scoped authorization").
    ///
    /// - Parameter domain: the name of the domain of both the user and the project.
    /// - Throws: `RESTFailure` if Keystone refuses.
    public init(
        url: String, user: String, password: String, project: String, domain: String = "Default",
        client: any RESTClient
    ) async throws {
        let domain: Value = ["name": .string(domain)]
        let body: Value = [
            "auth": [
                "identity": [
                    "methods": ["password"],
                    "password": [
                        "user": ["name": .string(user), "domain": domain, "password": .string(password)]
                    ],
                ],
                "scope": ["project": ["name": .string(project), "domain": domain]],
            ]
        ]
        let address = url + "/auth/tokens"
        let logIn = { @Sendable () async throws -> (token: String, details: Value) in
            let answer = try await client.request("POST", address, token: nil, body: body)
            guard answer.status == 201, let token = answer.headers["x-subject-token"] else {
                throw RESTFailure(method: "POST", url: address, answer: answer)
            }
            return (token, answer.body["token"] ?? .null)
        }
        let first = try await logIn()
        self.url = url
        self.client = client
        token = SessionToken(first.token) { try await logIn().token }
        catalog = ServiceCatalog(token: first.details)
        self.project = first.details["project"]?["id"]?.string
    }

    /// Sends a request with the session's token, to Keystone or another service. A service that refuses the token, since
    /// it has expired, has done nothing yet: the request is sent once more with a new one. A body that is read piece by
    /// piece can be sent only once, so it gets a new token at once.
    ///
    /// - Throws: `RESTFailure` if Keystone refuses the login; an error if no answer came.
    public func send(_ request: RESTRequest) async throws -> RESTAnswer {
        var request = request
        var own = await token.value
        if !request.canBeRepeated { own = try await token.value(insteadOf: own) }
        request.token = own
        let answer = try await client.send(request)
        guard answer.status == 401, request.canBeRepeated else { return answer }
        request.token = try await token.value(insteadOf: own)
        return try await client.send(request)
    }

    /// A URL with the session's project in place of `%(project_id)s`, as APIs have it whose URLs name the project.
    public func url(_ template: String) -> String {
        project.map { template.replacing("%(project_id)s", with: $0) } ?? template
    }

    private func request(_ method: String, _ url: String, body: Value? = nil) async throws -> RESTAnswer {
        try await send(RESTRequest(method, url, body: body.map(RESTRequest.Body.json) ?? .none))
    }

    func list(_ path: String, _ key: String) async throws -> [Value] { try await entries(url + path, list: key) }

    /// Reads a list of any service that accepts the session's token.
    ///
    /// - Throws: `RESTFailure` if the answer has no such list.
    public func entries(_ url: String, list key: String) async throws -> [Value] {
        let answer = try await request("GET", url)
        guard answer.status == 200, let items = answer.body[key]?.list else {
            throw RESTFailure(method: "GET", url: url, answer: answer)
        }
        return items
    }

    /// Deletes the object at a URL of this or another service; a missing one is no error.
    public func delete(_ url: String) async throws {
        let answer = try await request("DELETE", url)
        guard answer.isSuccess || answer.status == 404 else {
            throw RESTFailure(method: "DELETE", url: url, answer: answer)
        }
    }

    /// Creates an object and returns it as Keystone does.
    func create(_ path: String, _ key: String, _ fields: Value) async throws -> Value {
        let answer = try await request("POST", url + path, body: [key: fields])
        guard answer.status == 201, let made = answer.body[key] else {
            throw RESTFailure(method: "POST", url: url + path, answer: answer)
        }
        return made
    }

    func update(_ path: String, _ key: String, _ fields: Value) async throws {
        let answer = try await request("PATCH", url + path, body: [key: fields])
        guard answer.status == 200 else { throw RESTFailure(method: "PATCH", url: url + path, answer: answer) }
    }

    func put(_ path: String) async throws {
        let answer = try await request("PUT", url + path)
        guard answer.status == 204 else { throw RESTFailure(method: "PUT", url: url + path, answer: answer) }
    }

    /// Whether Keystone accepts the password of a user, given by its identifier.
    func accepts(user: String, password: String) async throws -> Bool {
        let body: Value = [
            "auth": [
                "identity": [
                    "methods": ["password"],
                    "password": ["user": ["id": .string(user), "password": .string(password)]],
                ]
            ]
        ]
        let address = url + "/auth/tokens"
        let answer = try await client.request("POST", address, token: nil, body: body)
        switch answer.status {
        case 201: return true
        case 401: return false
        default: throw RESTFailure(method: "POST", url: address, answer: answer)
        }
    }
}
