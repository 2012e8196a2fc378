/// Where Minke keeps what it must remember: keys with revisions, compare-and-set, leases, watches and locks.
///
/// The shape is that of etcd's v3 API. One counter, the revision, counts the transactions that changed something; all
/// that a transaction changes gets the same revision. Keys are compared and sorted by their UTF-8 bytes. What a call
/// wrote has reached the disk when it returns. Calls block for as long as the disk or another process takes.
public protocol Store: Sendable {
    /// The entry of a key; none where there is no such key or its lease has lapsed.
    func get(_ key: String) throws -> StoreEntry?

    /// All entries whose keys begin with `prefix`, and the revision at which they were read together.
    func snapshot(prefix: String) throws -> StoreSnapshot

    /// What changes with every change of the entries whose keys begin with `prefix`.
    func stamp(prefix: String) throws -> StoreStamp

    /// Checks conditions and carries out operations at one moment. Throws where the transaction contradicts itself, or
    /// names a lease that there is not.
    @discardableResult
    func commit(_ transaction: StoreTransaction) throws -> StoreOutcome

    /// Makes a lease, which lapses after `timeToLive` unless it is kept alive; its keys go with it.
    func grantLease(timeToLive: Duration) throws -> LeaseID

    /// Lets a lease's time to live begin again. Throws `StoreError.leaseLapsed` where it is too late.
    func keepAlive(_ lease: LeaseID) throws

    /// The time a lease still has; none where it has lapsed.
    func remaining(_ lease: LeaseID) throws -> Duration?

    /// Ends a lease and deletes its keys; one that has lapsed is no error.
    func revoke(_ lease: LeaseID) throws

    /// Changes to keys that begin with `prefix`, ordered by revision, from `revision` on, or from now on without one.
    ///
    /// What a later change of the same key has overtaken before it was told may be left out, but the last change of a
    /// key is always told. The stream ends when its reader stops, and with an error where the store fails or, as
    /// `StoreError.compacted`, where deletions since `revision` are no longer known: take a snapshot and begin anew.
    func watch(prefix: String, from revision: Int?) throws -> AsyncThrowingStream<StoreEvent, any Error>

    /// Takes a lock at once, or throws `StoreError.lockHeld`, which names the owner (a command), its process, and since
    /// when. It is free again when it is released or its process ends, however that ends.
    func lock(_ name: String, owner: String) throws -> StoreLock
}

extension Store {
    /// All entries whose keys begin with `prefix`, sorted by key.
    public func range(prefix: String) throws -> [StoreEntry] {
        try snapshot(prefix: prefix).entries
    }

    /// Puts a key, whatever it was before, and tells the new revision.
    @discardableResult
    public func put(_ key: String, _ value: [UInt8], lease: LeaseID? = nil) throws -> Int {
        try commit(StoreTransaction([.put(key: key, value: value, lease: lease)])).revision
    }

    /// Puts a key only where its last change is still `modRevision`, or where it is absent when that is nil; tells
    /// whether it did.
    @discardableResult
    public func compareAndSet(
        _ key: String, _ value: [UInt8], expecting modRevision: Int?, lease: LeaseID? = nil
    ) throws -> Bool {
        let condition = modRevision.map { StoreCondition.modRevision(key, $0) } ?? .absent(key)
        return try commit(
            StoreTransaction(when: [condition], [.put(key: key, value: value, lease: lease)])
        ).succeeded
    }

    /// Deletes a key; one that is absent is no error.
    public func delete(_ key: String) throws {
        try commit(StoreTransaction([.delete(key: key)]))
    }

    /// Deletes all keys that begin with `prefix`, which is not empty.
    public func delete(prefix: String) throws {
        try commit(StoreTransaction([.deleteAll(prefix: prefix)]))
    }
}
