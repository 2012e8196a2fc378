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

    package init(store: any Store, environment: String) {
        self.store = store
        self.environment = environment
        prefix = StateKeys.environment(environment).path
    }

    // MARK: Secrets

    /// All secrets by key.
    package func secrets() throws -> [String: String] {
        var secrets: [String: String] = [:]
        for entry in try entries(below: StateKeys.secrets) {
            secrets[entry.key] = entry.value["value"]?.string
        }
        return secrets
    }

    /// All secrets by key, with their origin.
    package func keptSecrets() throws -> [String: KeptSecret] {
        var secrets: [String: KeptSecret] = [:]
        for entry in try entries(below: StateKeys.secrets) {
            guard let value = entry.value["value"]?.string else { continue }
            secrets[entry.key] = KeptSecret(value: value, isGiven: entry.value["given"]?.bool ?? false)
        }
        return secrets
    }

    package func put(secret value: String, key: String) throws { try put(secrets: [key: value]) }

    package func put(secrets values: [String: String]) throws {
        try put(secrets: values.mapValues { KeptSecret(value: $0, isGiven: false) })
    }

    /// Keeps secrets in place of those that their keys had, and deletes the replacements that were prepared for these.
    package func put(secrets: [String: KeptSecret]) throws {
        try commit(
            secrets.flatMap { key, secret -> [StoreOperation] in
                let version = try get(StateKeys.secrets[key]).flatMap { $0["version"]?.int } ?? 0
                var value: Value = ["value": .string(secret.value), "version": .int(version &+ 1)]
                if secret.isGiven, var map = value.map {
                    map["given"] = true
                    value = .map(map)
                }
                let hasReplacement = try get(StateKeys.replacements[key]) != nil
                return [putting(StateKeys.secrets[key], value)]
                    + (hasReplacement ? [.delete(key: prefix + StateKeys.replacements[key])] : [])
            })
    }

    /// The secret that is prepared to replace the one of a key; nil where there is none.
    package func replacement(of key: String) throws -> String? {
        try get(StateKeys.replacements[key])?["value"]?.string
    }

    package func put(replacement value: String, of key: String) throws {
        try put(StateKeys.replacements[key], ["value": .string(value)])
    }

    // MARK: Addresses

    package func addresses() throws -> [String: [IPv4Address]] {
        var addresses: [String: [IPv4Address]] = [:]
        for entry in try entries(below: StateKeys.addresses) {
            addresses[entry.key] = entry.value.list?.compactMap { $0.string.flatMap { IPv4Address(text: $0) } }
        }
        return addresses
    }

    package func keep(addresses: [String: [IPv4Address]]) throws {
        try commit(
            addresses.map { name, addresses in
                putting(StateKeys.addresses[name], .list(addresses.map { .string($0.description) }))
            })
    }

    /// Forgets the addresses of members: they are free again.
    package func forget(addressesOf members: some Sequence<String>) throws {
        try commit(members.map { .delete(key: prefix + StateKeys.addresses[$0]) })
    }

    // MARK: Manifests and records

    package func manifests() throws -> [String: Manifest] {
        var manifests: [String: Manifest] = [:]
        for entry in try entries(below: StateKeys.containers) { manifests[entry.key] = Manifest(entry.value) }
        return manifests
    }

    package func records() throws -> [String: DoneRecord] {
        var records: [String: DoneRecord] = [:]
        for entry in try entries(below: StateKeys.done) {
            guard let inputs = entry.value["inputs"]?.string else { continue }
            records[entry.key] = DoneRecord(inputs: inputs, anchor: entry.value["anchor"]?.string)
        }
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

    package func put(_ key: String, _ value: Value) throws { try commit([putting(key, value)]) }

    package func putting(_ key: String, _ value: Value) -> StoreOperation {
        .put(key: prefix + key, value: JSON.bytes(value))
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
    package func record(_ manifest: Manifest, container: String) throws {
        try put(StateKeys.containers[container], manifest.value)
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
        try put(
            StateKeys.done[Planner.recordKey(milestone)],
            .map(
                ValueMap([
                    ("inputs", .string(record.inputs)), ("anchor", record.anchor.map(Value.string) ?? .null),
                ])))
    }

    package func forget(_ milestone: Milestone) throws {
        try store.delete(prefix + StateKeys.done[Planner.recordKey(milestone)])
    }
}
