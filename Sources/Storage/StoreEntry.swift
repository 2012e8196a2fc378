import Model

/// A key with its value, and the revisions that made it.
public struct StoreEntry: Sendable, Hashable {
    /// The key, which is compared and sorted by its UTF-8 bytes.
    public var key: String
    /// The value, whose bytes the store does not look at.
    public var value: [UInt8]
    /// The revision that created the key; a key that was deleted and put again has a new one.
    public var createRevision: Int
    /// The revision that last put the key.
    public var modRevision: Int
    /// The lease with which the key lapses.
    public var lease: LeaseID?

    /// Creates an entry; without revisions, one that no store has yet.
    public init(
        key: String, value: [UInt8], createRevision: Int = 0, modRevision: Int = 0, lease: LeaseID? = nil
    ) {
        self.key = key
        self.value = value
        self.createRevision = createRevision
        self.modRevision = modRevision
        self.lease = lease
    }
}

/// A stamp by which to see whether entries have changed: a put makes the revision greater, a deletion the count
/// smaller.
public struct StoreStamp: Sendable, Hashable, Codable {
    /// The number of entries.
    public var count: Int
    /// The greatest revision that last put one of the entries.
    public var revision: Int

    /// Creates a stamp.
    public init(count: Int, revision: Int) {
        self.count = count
        self.revision = revision
    }
}

/// Entries read together at one revision; a watch from the next revision misses nothing.
public struct StoreSnapshot: Sendable, Hashable {
    /// The store's revision at that moment.
    public var revision: Int
    /// The entries, sorted by the bytes of their keys.
    public var entries: [StoreEntry]

    /// Creates a snapshot.
    public init(revision: Int, entries: [StoreEntry]) {
        self.revision = revision
        self.entries = entries
    }
}

/// A change that a watch saw.
public enum StoreEvent: Sendable, Hashable {
    case put(StoreEntry)
    /// A deletion of a key, by itself or with its lease.
    case delete(key: String, revision: Int)

    /// The key that changed.
    public var key: String {
        switch self {
        case .put(let entry): entry.key
        case .delete(let key, _): key
        }
    }

    /// The revision of the change.
    public var revision: Int {
        switch self {
        case .put(let entry): entry.modRevision
        case .delete(_, let revision): revision
        }
    }
}

/// The number of a lease, which is never given twice.
public struct LeaseID: Sendable, Hashable, CustomStringConvertible {
    /// The number itself.
    public let rawValue: Int

    /// Creates the id of a lease from its number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The number in decimal digits.
    public var description: String { "\(rawValue)" }

    /// A lease's time to live in milliseconds, rounded up.
    ///
    /// - Throws: `StoreError.refused` where it is not positive.
    package static func milliseconds(_ timeToLive: Duration) throws -> Int {
        guard timeToLive > .zero else { throw StoreError.refused("a lease's time to live is not positive") }
        return Int((timeToLive.seconds * 1000).rounded(.up))
    }
}
