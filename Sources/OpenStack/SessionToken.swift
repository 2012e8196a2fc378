/// The token of a session. Keystone limits its life, so long work has it renewed.
actor SessionToken {
    private var token: String
    private let logIn: @Sendable () async throws -> String
    /// The login under way, which all who need a new token wait for.
    private var renewal: Task<String, any Error>?

    /// - Parameter logIn: gets another token.
    init(_ token: String, logIn: @escaping @Sendable () async throws -> String) {
        self.token = token
        self.logIn = logIn
    }

    var value: String { token }

    /// The token that takes the place of one that was refused: a new one, unless somebody else has got one meanwhile.
    func value(insteadOf refused: String) async throws -> String {
        if token != refused { return token }
        if let renewal { return try await renewal.value }
        let renewal = Task { [logIn] in try await logIn() }
        self.renewal = renewal
        defer { self.renewal = nil }
        token = try await renewal.value
        return token
    }
}
