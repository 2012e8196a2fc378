import Applying
import Cryptography
import Model
import Planning
import Storage
import System

/// A secret in the store.
package struct KeptSecret: Sendable, Hashable {
    package var value: String
    /// Whether the operator gave the secret; otherwise it was generated.
    package var isGiven: Bool
}

/// The state that Minke keeps of an environment: secrets, addresses, manifests of containers, and work that is done.
///
/// Everything else is read from the engine. `StateKeys` has all keys.
package struct EnvironmentState: Sendable {
    package let store: any Store
    package let environment: String
    package let prefix: String
    /// The lock under which this process last began to change the environment.
    let held = Locked<StoreLock?>(nil)

    package init(store: any Store, environment: String) {
        self.store = store
        self.environment = environment
        prefix = StateKeys.environment(environment).path
    }

    // MARK: Secrets

    /// All secrets by key.
    package func secrets() throws -> [String: String] {
        try keptSecrets().mapValues(\.value)
    }

    /// All secrets by key, with their origin.
    package func keptSecrets() throws -> [String: KeptSecret] {
        try records(below: StateKeys.secrets).mapValues { (record: SecretRecord) in
            KeptSecret(value: record.value, isGiven: record.given ?? false)
        }
    }

    package func put(secret value: String, key: String) throws { try put(secrets: [key: value]) }

    package func put(secrets values: [String: String]) throws {
        try put(secrets: values.mapValues { KeptSecret(value: $0, isGiven: false) })
    }

    /// Keeps secrets in place of those that their keys had, and deletes the replacements that were prepared for these.
    package func put(secrets: [String: KeptSecret]) throws {
        try commit(
            secrets.flatMap { key, secret -> [StoreOperation] in
                let known = try? get(StateKeys.secrets[key])?.decode(SecretRecord.self)
                let record = SecretRecord(
                    value: secret.value, version: (known?.version ?? 0) &+ 1, given: secret.isGiven ? true : nil)
                let hasReplacement = try get(StateKeys.replacements[key]) != nil
                return [try putting(StateKeys.secrets[key], record)]
                    + (hasReplacement ? [.delete(key: prefix + StateKeys.replacements[key])] : [])
            })
    }

    /// The secret that is prepared to replace the one of a key; nil where there is none.
    package func replacement(of key: String) throws -> String? {
        try get(StateKeys.replacements[key])?.decode(SecretRecord.self).value
    }

    /// The keys of the secrets that replacements are prepared for.
    package func preparedReplacements() throws -> Set<String> {
        Set(try entries(below: StateKeys.replacements).map(\.key))
    }

    package func put(replacement value: String, of key: String) throws {
        try put(StateKeys.replacements[key], SecretRecord(value: value))
    }

    // MARK: Addresses

    package func addresses() throws -> [String: [IPv4Address]] {
        try records(below: StateKeys.addresses)
    }

    package func keep(addresses: [String: [IPv4Address]]) throws {
        try commit(
            try addresses.map { name, addresses in try putting(StateKeys.addresses[name], addresses) })
    }

    /// Forgets the addresses of members: they are free again.
    package func forget(addressesOf members: some Sequence<String>) throws {
        try commit(members.map { .delete(key: prefix + StateKeys.addresses[$0]) })
    }

    // MARK: Manifests and records

    package func manifests() throws -> [String: Manifest] {
        try records(below: StateKeys.containers)
    }

    package func records() throws -> [String: DoneRecord] {
        try records(below: StateKeys.done)
    }

    /// The entries of a folder that can be read as records; those of another form are as good as absent.
    private func records<Record: Decodable>(below folder: KeyFolder) throws -> [String: Record] {
        var records: [String: Record] = [:]
        for entry in try entries(below: folder) { records[entry.key] = try? entry.value.decode() }
        return records
    }

    /// The ids of the containers that have a manifest here.
    package func knownContainers() throws -> Set<String> { Set(try entries(below: StateKeys.containers).map(\.key)) }

    /// The containers that the engine is known to start again whenever they have ended.
    package func kept() throws -> Set<String> { Set(try entries(below: StateKeys.kept).map(\.key)) }

    /// Forgets the manifests and the restart policies of containers.
    package func forget(manifestsOf containers: some Sequence<String>) throws {
        try commit(
            containers.flatMap { container in
                [StateKeys.containers, StateKeys.kept].map { .delete(key: prefix + $0[container]) }
            })
    }

    /// Forgets everything that can be read from the containers again, and the work that was done with them.
    package func forgetContainers() throws {
        for folder in [StateKeys.containers, StateKeys.kept, StateKeys.addresses, StateKeys.done] {
            try store.delete(prefix: prefix + folder.path)
        }
    }

    /// Forgets everything of the environment.
    package func erase() throws { try store.delete(prefix: prefix) }

    // MARK: Values

    package func get(_ key: String) throws -> Value? {
        try store.get(prefix + key).map { try JSON.parse($0.value) }
    }

    package func put(_ key: String, _ value: some Encodable) throws { try commit([try putting(key, value)]) }

    package func putting(_ key: String, _ value: some Encodable) throws -> StoreOperation {
        .put(key: prefix + key, value: JSON.bytes(try Value(encoding: value)))
    }

    /// Makes all changes in one commit, as each commit waits for the disk.
    package func commit(_ changes: [StoreOperation]) throws {
        if !changes.isEmpty { try store.commit(StoreTransaction(changes)) }
    }

    package func entries(below folder: KeyFolder) throws -> [(key: String, value: Value)] {
        let start = prefix + folder.path
        return try store.range(prefix: start).map { entry in
            (String(entry.key.dropFirst(start.count)), try JSON.parse(entry.value))
        }
    }
}

extension EnvironmentState: Recorder {
    package func requireLock() throws { try held.value?.requireHeld() }

    package func record(_ manifest: Manifest, container: String) throws {
        try put(StateKeys.containers[container], manifest)
    }

    package func forget(container: String) throws { try forget(manifestsOf: [container]) }

    package func record(keepsRunning: Bool, container: String) throws {
        let key = StateKeys.kept[container]
        if keepsRunning {
            try put(key, true)
        } else {
            try store.delete(prefix + key)
        }
    }

    package func record(_ record: DoneRecord, for milestone: Milestone) throws {
        try put(StateKeys.done[Planner.recordKey(milestone)], record)
    }

    package func forget(_ milestone: Milestone) throws {
        try store.delete(prefix + StateKeys.done[Planner.recordKey(milestone)])
    }
}

/// The stored form of a secret.
private struct SecretRecord: Codable {
    var value: String
    /// The number of values that the secret has had; nil for a replacement.
    var version: Int?
    /// Whether the environment's file gives it; nil for no.
    var given: Bool?
}
