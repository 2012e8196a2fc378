import Applying
import Model
import Storage
import System

/// The state that Minke keeps of an environment: secrets, addresses, manifests of containers, and work that is done.
///
/// Everything else is read from the engine. `StateKeys` has all keys.
package struct EnvironmentState: Sendable {
    package let store: any Store
    package let environment: String
    /// The path above the environment's keys.
    package let prefix: String
    /// The lock under which this process last began to change the environment.
    let held = Locked<StoreLock?>(nil)

    package init(store: any Store, environment: String) {
        self.store = store
        self.environment = environment
        prefix = StateKeys.environment(environment)
    }

    // MARK: Addresses

    package func addresses() async throws -> [String: [IPv4Address]] {
        try await records(below: StateKeys.addresses)
    }

    package func keep(addresses: [String: [IPv4Address]]) async throws {
        try await commit(
            try addresses.map { name, addresses in try putting(StateKeys.addresses[name], addresses) })
    }

    /// Forgets the addresses of members: they are free again.
    package func forget(addressesOf members: some Sequence<String>) async throws {
        try await commit(members.map { deleting(StateKeys.addresses[$0]) })
    }

    // MARK: Manifests and records

    package func manifests() async throws -> [String: Manifest] {
        try await records(below: StateKeys.containers)
    }

    package func records() async throws -> [String: DoneRecord] {
        try await records(below: StateKeys.done)
    }

    /// The ids of the containers that have a manifest here.
    package func knownContainers() async throws -> Set<String> { Set(try await names(below: StateKeys.containers)) }

    /// The containers that the engine is known to start again whenever they have ended.
    package func kept() async throws -> Set<String> { Set(try await names(below: StateKeys.kept)) }

    /// Forgets the manifests and the restart policies of containers.
    package func forget(manifestsOf containers: some Sequence<String>) async throws {
        try await commit(
            containers.flatMap { [deleting(StateKeys.containers[$0]), deleting(StateKeys.kept[$0])] })
    }

    /// Forgets everything that can be read from the containers again, and the work that was done with them.
    package func forgetContainers() async throws {
        let folders = [
            StateKeys.containers.path, StateKeys.kept.path, StateKeys.addresses.path, StateKeys.done.path,
        ]
        try await commit(folders.map { .deleteAll(prefix: prefix + $0) })
    }

    /// Forgets everything of the environment.
    package func erase() async throws { try await store.delete(prefix: prefix) }

    // MARK: Values

    /// The value of a key; nil where there is none, or one of another form.
    package func get<Record: Decodable>(_ key: StateKey<Record>) async throws -> Record? {
        guard let entry = try await store.get(prefix + key.path) else { return nil }
        return try? JSON.parse(entry.value).decode(Record.self)
    }

    /// Whether there is a value of a key, of whatever form.
    package func has(_ key: StateKey<some Any>) async throws -> Bool { try await store.get(prefix + key.path) != nil }

    /// The entries of a folder that can be read as records; those of another form are as good as absent.
    package func records<Record: Decodable>(below folder: KeyFolder<Record>) async throws -> [String: Record] {
        var records: [String: Record] = [:]
        for entry in try await entries(below: folder) { records[entry.key] = try? entry.value.decode() }
        return records
    }

    /// The entries of a folder, by what their keys have after its path.
    package func entries(below folder: KeyFolder<some Any>) async throws -> [(key: String, value: Value)] {
        let start = prefix + folder.path
        return try await store.range(prefix: start).map { entry in
            (String(entry.key.dropFirst(start.count)), try JSON.parse(entry.value))
        }
    }

    /// The ends of a folder's keys, after its path, in order.
    package func names(below folder: KeyFolder<some Any>) async throws -> [String] {
        let start = prefix + folder.path
        return try await store.range(prefix: start).map { String($0.key.dropFirst(start.count)) }
    }

    package func put<Record: Encodable>(_ key: StateKey<Record>, _ value: Record) async throws {
        try await commit([try putting(key, value)])
    }

    package func delete(_ key: StateKey<some Any>) async throws { try await store.delete(prefix + key.path) }

    package func putting<Record: Encodable>(_ key: StateKey<Record>, _ value: Record) throws -> StoreOperation {
        .put(key: prefix + key.path, value: JSON.bytes(try Value(encoding: value)))
    }

    package func deleting(_ key: StateKey<some Any>) -> StoreOperation { .delete(key: prefix + key.path) }

    package func absent(_ key: StateKey<some Any>) -> StoreCondition { .absent(prefix + key.path) }

    /// Makes all changes in one commit, as each commit waits for the disk.
    package func commit(_ changes: [StoreOperation]) async throws {
        if !changes.isEmpty { try await store.commit(StoreTransaction(changes)) }
    }
}

extension EnvironmentState: Recorder {
    package func requireLock() async throws { try await held.value?.requireHeld() }

    package func record(_ manifest: Manifest, container: String) async throws {
        try await put(StateKeys.containers[container], manifest)
    }

    package func forget(container: String) async throws { try await forget(manifestsOf: [container]) }

    package func record(keepsRunning: Bool, container: String) async throws {
        let key = StateKeys.kept[container]
        if keepsRunning { try await put(key, true) } else { try await delete(key) }
    }

    package func record(_ record: DoneRecord, for milestone: Milestone) async throws {
        try await put(StateKeys.done(milestone), record)
    }

    package func forget(_ milestone: Milestone) async throws {
        try await delete(StateKeys.done(milestone))
    }
}
