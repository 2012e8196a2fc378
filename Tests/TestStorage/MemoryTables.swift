import Storage

/// The tables of a store in memory: a value, so that a transaction works on a copy.
struct MemoryTables: Sendable {
    private struct Lease: Sendable {
        let duration: Int
        /// The time of its end, in milliseconds.
        var lapses: Int
    }

    private struct Deletion: Sendable {
        let key: String
        let revision: Int
    }

    private(set) var revision = 0
    // Bytes are the keys, since Swift takes strings with other bytes for the same where they look the same.
    private var entries: [[UInt8]: StoreEntry] = [:]
    private var deletions: [[UInt8]: Deletion] = [:]
    private var leases: [LeaseID: Lease] = [:]
    private var lastLease = 0
    private let history: Int

    init(history: Int) { self.history = history }

    func entry(_ key: String) -> StoreEntry? { entries[Array(key.utf8)] }

    func entries(prefix: String) -> [StoreEntry] {
        entries.filter { $0.key.starts(with: prefix.utf8) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    func holds(_ condition: StoreCondition) -> Bool {
        switch condition {
        case .absent(let key): entry(key) == nil
        case .present(let key): entry(key) != nil
        case .createRevision(let key, let revision): entry(key)?.createRevision == revision
        case .modRevision(let key, let revision): entry(key)?.modRevision == revision
        case .value(let key, let value): entry(key)?.value == value
        }
    }

    /// Carries out operations under one new revision, or under none where nothing changes.
    mutating func carryOut(_ operations: [StoreOperation]) throws {
        let next = revision + 1
        for operation in operations {
            switch operation {
            case .put(let key, let value, let lease):
                if let lease, leases[lease] == nil { throw StoreError.leaseLapsed(lease) }
                let created = entry(key)?.createRevision ?? next
                entries[Array(key.utf8)] = StoreEntry(
                    key: key, value: value, createRevision: created, modRevision: next, lease: lease)
                revision = next
            case .delete(let key): delete(next) { $0 == Array(key.utf8) }
            case .deleteAll(let prefix): delete(next) { $0.starts(with: prefix.utf8) }
            }
        }
    }

    /// Deletes entries by the bytes of their keys, and keeps the keys for watches.
    private mutating func delete(_ next: Int, _ isMeant: ([UInt8]) -> Bool) {
        for (bytes, entry) in entries where isMeant(bytes) {
            entries[bytes] = nil
            deletions[bytes] = Deletion(key: entry.key, revision: next)
            revision = next
        }
        deletions = deletions.filter { $0.value.revision > revision - history }
    }

    // MARK: Leases

    mutating func grantLease(milliseconds: Int, at now: Int) -> LeaseID {
        lastLease += 1
        let lease = LeaseID(rawValue: lastLease)
        leases[lease] = Lease(duration: milliseconds, lapses: now + milliseconds)
        return lease
    }

    mutating func keepAlive(_ lease: LeaseID, at now: Int) throws {
        guard let duration = leases[lease]?.duration else { throw StoreError.leaseLapsed(lease) }
        leases[lease]?.lapses = now + duration
    }

    /// The time at which a lease lapses, in milliseconds; nil where it has lapsed.
    func lapse(of lease: LeaseID) -> Int? { leases[lease]?.lapses }

    mutating func dropLapsedLeases(at now: Int) { revoke(leases.filter { $0.value.lapses <= now }.map(\.key)) }

    /// Ends leases, and deletes their keys in a revision of their own.
    mutating func revoke(_ ended: [LeaseID]) {
        for lease in ended { leases[lease] = nil }
        let keys = Set(entries.filter { $0.value.lease.map(ended.contains) ?? false }.map(\.key))
        if !keys.isEmpty { delete(revision + 1) { keys.contains($0) } }
    }

    // MARK: Watches

    /// Throws where deletions at `revision` or later may have been forgotten.
    func checkKnown(from first: Int) throws {
        let oldest = revision - history + 1
        if first < oldest { throw StoreError.compacted(oldest: oldest) }
    }

    /// The last change of each key since a revision, sorted by revision.
    func events(prefix: String, from first: Int) -> [StoreEvent] {
        let puts = entries(prefix: prefix).filter { $0.modRevision >= first }.map(StoreEvent.put)
        let gone = deletions.filter { $0.key.starts(with: prefix.utf8) && $0.value.revision >= first }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { StoreEvent.delete(key: $0.value.key, revision: $0.value.revision) }
        return (puts + gone).sorted { $0.revision < $1.revision }
    }
}
