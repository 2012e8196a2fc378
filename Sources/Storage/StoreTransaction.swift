/// Operations that are carried out together, chosen by conditions that are checked at the same moment.
public struct StoreTransaction: Sendable, Hashable {
    /// The conditions, all of which must hold.
    public var conditions: [StoreCondition]
    /// The operations where the conditions hold, in order.
    public var operations: [StoreOperation]
    /// The operations where the conditions do not hold, in order.
    public var otherwise: [StoreOperation]

    /// Creates a transaction; without conditions, its operations are carried out in any case.
    public init(
        when conditions: [StoreCondition] = [], _ operations: [StoreOperation], otherwise: [StoreOperation] = []
    ) {
        self.conditions = conditions
        self.operations = operations
        self.otherwise = otherwise
    }
}

/// A condition of a transaction on a key.
public enum StoreCondition: Sendable, Hashable {
    /// There is no such key.
    case absent(String)
    case present(String)
    /// The key was created by this revision.
    case createRevision(String, Int)
    /// The key was last put by this revision.
    case modRevision(String, Int)
    case value(String, [UInt8])
}

/// An operation of a transaction.
public enum StoreOperation: Sendable, Hashable {
    /// Sets a key's value and its lease; without a lease, the key stays until it is deleted, whatever lease it had
    /// before.
    case put(key: String, value: [UInt8], lease: LeaseID? = nil)
    /// Deletes a key; a missing one is no error.
    case delete(key: String)
    /// Deletes all keys that begin with the prefix, which must not be empty.
    case deleteAll(prefix: String)
}

/// The result of a transaction.
public struct StoreOutcome: Sendable, Hashable {
    /// Whether the conditions held.
    public var succeeded: Bool
    /// The store's revision afterwards, which is a new one only where something changed.
    public var revision: Int

    /// Creates an outcome.
    public init(succeeded: Bool, revision: Int) {
        self.succeeded = succeeded
        self.revision = revision
    }
}

extension StoreTransaction {
    /// Refuses, like etcd, empty keys, a key that is put twice, and a key that is both put and deleted. Every store
    /// calls it before it changes anything.
    ///
    /// - Throws: `StoreError.refused`.
    package func check() throws {
        for operations in [operations, otherwise] {
            var put: Set<[UInt8]> = []
            for case .put(let key, _, _) in operations {
                if key.isEmpty { throw StoreError.refused("a key is empty") }
                if !put.insert(Array(key.utf8)).inserted {
                    throw StoreError.refused("a transaction puts \(key) twice")
                }
            }
            for operation in operations {
                switch operation {
                case .put: break
                case .delete(let key):
                    if put.contains(Array(key.utf8)) {
                        throw StoreError.refused("a transaction both puts and deletes \(key)")
                    }
                case .deleteAll(let prefix):
                    if prefix.isEmpty { throw StoreError.refused("an empty prefix would delete everything") }
                    if put.contains(where: { $0.starts(with: prefix.utf8) }) {
                        throw StoreError.refused("a transaction both puts and deletes keys below \(prefix)")
                    }
                }
            }
        }
    }
}
