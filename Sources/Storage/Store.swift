/// A store for everything that Minke must remember: keys with revisions, compare-and-set, leases, watches and locks.
///
/// The model is that of etcd's v3 API. One counter, the revision, counts the transactions that changed something; all
/// changes of a transaction get the same revision. Keys are compared and sorted by their UTF-8 bytes. A write lasts
/// when its call returns. A call takes as long as the disk, the network or another process does, and blocks no thread
/// of Swift's cooperative pool meanwhile.
public protocol Store: Sendable {
    /// The entry of a key; nil where there is no such key or its lease has lapsed.
    func get(_ key: String) async throws -> StoreEntry?

    /// All entries whose keys begin with `prefix`, and the revision at which they were read together.
    func snapshot(prefix: String) async throws -> StoreSnapshot

    /// A stamp that changes with every change of the entries whose keys begin with `prefix`.
    func stamp(prefix: String) async throws -> StoreStamp

    /// Checks conditions and carries out operations at one moment.
    ///
    /// - Throws: `StoreError.refused` where the transaction contradicts itself, `StoreError.leaseLapsed` where it names
    ///   a lease that does not exist; then nothing has changed.
    @discardableResult
    func commit(_ transaction: StoreTransaction) async throws -> StoreOutcome

    /// Creates a lease, which lapses after `timeToLive` unless it is kept alive; its keys are deleted with it.
    func grantLease(timeToLive: Duration) async throws -> LeaseID

    /// Restarts a lease's time to live. Throws `StoreError.leaseLapsed` where it has lapsed.
    func keepAlive(_ lease: LeaseID) async throws

    /// The remaining time of a lease; nil where it has lapsed.
    func remaining(_ lease: LeaseID) async throws -> Duration?

    /// Ends a lease and deletes its keys; one that has lapsed is no error.
    func revoke(_ lease: LeaseID) async throws

    /// The changes of keys that begin with `prefix`, sorted by revision, from `revision` on, or from now on where it is
    /// nil.
    ///
    /// A change that a later one of the same key has overtaken before it was given may be left out, but the last change
    /// of a key never is. The stream ends when its reader stops, and with an error where the store fails or, as
    /// `StoreError.compacted`, where deletions since `revision` are no longer known: then take a snapshot and watch
    /// anew.
    func watch(prefix: String, from revision: Int?) async throws -> AsyncThrowingStream<StoreEvent, any Error>

    /// Takes a lock at once. The lock is free when it is released or its process ends, in whatever way.
    ///
    /// - Parameter owner: the command that takes it, by which others know who has it.
    /// - Throws: `StoreError.lockHeld`, with its holder, where it is taken.
    func lock(_ name: String, owner: String) async throws -> StoreLock
}

extension Store {
    /// All entries whose keys begin with `prefix`, sorted by key.
    public func range(prefix: String) async throws -> [StoreEntry] {
        try await snapshot(prefix: prefix).entries
    }

    /// Puts a key, whatever its state, and gives the new revision.
    @discardableResult
    public func put(_ key: String, _ value: [UInt8], lease: LeaseID? = nil) async throws -> Int {
        try await commit(StoreTransaction([.put(key: key, value: value, lease: lease)])).revision
    }

    /// Puts a key only where its last change is still `modRevision` or, where that is nil, where the key is absent;
    /// tells whether it did.
    @discardableResult
    public func compareAndSet(
        _ key: String, _ value: [UInt8], expecting modRevision: Int?, lease: LeaseID? = nil
    ) async throws -> Bool {
        let condition = modRevision.map { StoreCondition.modRevision(key, $0) } ?? .absent(key)
        return try await commit(
            StoreTransaction(when: [condition], [.put(key: key, value: value, lease: lease)])
        ).succeeded
    }

    /// Deletes a key; a missing one is no error.
    public func delete(_ key: String) async throws {
        try await commit(StoreTransaction([.delete(key: key)]))
    }

    /// Deletes all keys that begin with `prefix`, which must not be empty.
    public func delete(prefix: String) async throws {
        try await commit(StoreTransaction([.deleteAll(prefix: prefix)]))
    }
}
