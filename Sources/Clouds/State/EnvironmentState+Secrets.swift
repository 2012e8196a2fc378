import Storage

/// A secret in the store.
package struct KeptSecret: Sendable, Hashable {
    package var value: String
    /// Whether the operator gave the secret; otherwise it was generated.
    package var isGiven: Bool
}

extension EnvironmentState {
    /// All secrets by name.
    package func secrets() async throws -> [String: String] {
        try await keptSecrets().mapValues(\.value)
    }

    /// All secrets by name, with their origin.
    package func keptSecrets() async throws -> [String: KeptSecret] {
        try await records(below: StateKeys.secrets).mapValues { record in
            KeptSecret(value: record.value, isGiven: record.given ?? false)
        }
    }

    package func put(secret value: String, key: String) async throws { try await put(secrets: [key: value]) }

    package func put(secrets values: [String: String]) async throws {
        try await put(secrets: values.mapValues { KeptSecret(value: $0, isGiven: false) })
    }

    /// Keeps secrets in place of those that their names had, and deletes the replacements that were prepared for these.
    package func put(secrets: [String: KeptSecret]) async throws {
        if secrets.isEmpty { return }
        let known = try await records(below: StateKeys.secrets)
        let prepared = try await preparedReplacements()
        var changes: [StoreOperation] = []
        for (name, secret) in secrets {
            let record = SecretRecord(secret, version: (known[name]?.version ?? 0) &+ 1)
            changes.append(try putting(StateKeys.secrets[name], record))
            if prepared.contains(name) { changes.append(deleting(StateKeys.replacements[name])) }
        }
        try await commit(changes)
    }

    /// Keeps secrets whose names have none yet, all or none of them. False where another run has kept one of them
    /// meanwhile, which is then the environment's.
    package func add(secrets: [String: KeptSecret]) async throws -> Bool {
        if secrets.isEmpty { return true }
        let conditions = secrets.keys.map { absent(StateKeys.secrets[$0]) }
        let changes = try secrets.map { name, secret in
            try putting(StateKeys.secrets[name], SecretRecord(secret, version: 1))
        }
        return try await store.commit(StoreTransaction(when: conditions, changes)).succeeded
    }

    /// The secret that is prepared to replace the one of a name; nil where there is none.
    package func replacement(of key: String) async throws -> String? {
        try await get(StateKeys.replacements[key])?.value
    }

    /// The names of the secrets that replacements are prepared for.
    package func preparedReplacements() async throws -> Set<String> {
        Set(try await names(below: StateKeys.replacements))
    }

    /// Prepares a secret to replace the one of a name, unless another run has prepared one meanwhile; returns the one that
    /// is prepared.
    package func add(replacement value: String, of key: String) async throws -> String {
        let change = try putting(StateKeys.replacements[key], SecretRecord(value: value))
        try await store.commit(StoreTransaction(when: [absent(StateKeys.replacements[key])], [change]))
        return try await replacement(of: key) ?? value
    }
}

/// The stored form of a secret.
package struct SecretRecord: Codable {
    var value: String
    /// The number of values that the secret has had; nil for a replacement.
    var version: Int?
    /// Whether the environment's file gives it; nil for no.
    var given: Bool?
}

extension SecretRecord {
    fileprivate init(_ secret: KeptSecret, version: Int) {
        self.init(value: secret.value, version: version, given: secret.isGiven ? true : nil)
    }
}
