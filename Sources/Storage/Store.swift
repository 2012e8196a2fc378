/// A store for everything that Minke must remember: keys with revisions, compare-and-set, leases, watches and locks.
///
/// The model is that of etcd's v3 API. One counter, the revision, counts the transactions that changed something; all
/// changes of a transaction get the same revision. Keys are compared and sorted by their UTF-8 bytes. Writes have
/// reached the disk when a call returns. Calls block for as long as the disk or another process takes.
public protocol Store: Sendable {
    /// Gives the entry of a key; nil where there is no such key or its lease has lapsed.
    func get(_ key: String) throws -> StoreEntry?

    /// Gives all entries whose keys begin with `prefix`, and the revision at which they were read together.
    func snapshot(prefix: String) throws -> StoreSnapshot

    /// Gives a stamp that changes with every change of the entries whose keys begin with `prefix`.
    func stamp(prefix: String) throws -> StoreStamp

    /// Checks conditions and carries out operations at one moment. Throws where the transaction contradicts itself or
    /// names a lease that does not exist.
    @discardableResult
    func commit(_ transaction: StoreTransaction) throws -> StoreOutcome

    /// Creates a lease, which lapses after `timeToLive` unless it is kept alive; its keys are deleted with it.
    func grantLease(timeToLive: Duration) throws -> LeaseID

    /// Restarts a lease's time to live. Throws `StoreError.leaseLapsed` where it has lapsed.
    func keepAlive(_ lease: LeaseID) throws

    /// Gives the remaining time of a lease; nil where it has lapsed.
    func remaining(_ lease: LeaseID) throws -> Duration?

    /// Ends a lease and deletes its keys; one that has lapsed is no error.
    func revoke(_ lease: LeaseID) throws

    /// Gives the changes of keys that begin with `prefix`, sorted by revision, from `revision` on, or from now on where
    /// it is nil.
    ///
    /// A change that a later one of the same key has overtaken before it was given may be left out, but the last change
    /// of a key never is. The stream ends when its reader stops, and with an error where the store fails or, as
    /// `StoreError.compacted`, where deletions since `revision` are no longer known: then take a snapshot and watch
    /// anew.
    func watch(prefix: String, from revision: Int?) throws -> AsyncThrowingStream<StoreEvent, any Error>

    /// Takes a lock at once, or throws `StoreError.lockHeld`, which names the owner (a command), its process, and the
    /// time since when it has the lock. The lock is free when it is released or its process ends, in whatever way.
    func lock(_ name: String, owner: String) throws -> StoreLock
}

extension Store {
    /// Gives all entries whose keys begin with `prefix`, sorted by key.
    public func range(prefix: String) throws -> [StoreEntry] {
        try snapshot(prefix: prefix).entries
    }

    /// Puts a key, whatever its state, and gives the new revision.
    @discardableResult
    public func put(_ key: String, _ value: [UInt8], lease: LeaseID? = nil) throws -> Int {
        try commit(StoreTransaction([.put(key: key, value: value, lease: lease)])).revision
    }

    /// Puts a key only where its last change is still `modRevision` or, where that is nil, where the key is absent;
    /// tells whether it did.
    @discardableResult
    public func compareAndSet(
        _ key: String, _ value: [UInt8], expecting modRevision: Int?, lease: LeaseID? = nil
    ) throws -> Bool {
        let condition = modRevision.map { StoreCondition.modRevision(key, $0) } ?? .absent(key)
        return try commit(
            StoreTransaction(when: [condition], [.put(key: key, value: value, lease: lease)])
        ).succeeded
    }

    /// Deletes a key; a missing one is no error.
    public func delete(_ key: String) throws {
        try commit(StoreTransaction([.delete(key: key)]))
    }

    /// Deletes all keys that begin with `prefix`, which must not be empty.
    public func delete(prefix: String) throws {
        try commit(StoreTransaction([.deleteAll(prefix: prefix)]))
    }
}
