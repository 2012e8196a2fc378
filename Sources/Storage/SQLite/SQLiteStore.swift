import Model
import System

/// A store in one SQLite file, for the processes of one host.
///
/// The file has mode 0600 and its folder, where it is created here, 0700. Its journal is written ahead (WAL), and every
/// commit is synchronised: neither a killed process nor a power failure loses a record whose call has returned. Locks
/// are the kernel's, on files in the folder `<path>-locks`, since a lock must end with its process. Watches check at an
/// interval whether the file has changed (`PRAGMA data_version`).
public final class SQLiteStore: Store {
    /// The path of the SQLite file.
    public let path: String
    let clock: LeaseClock
    let watchInterval: Duration
    /// The number of past revisions whose deletions are known.
    let history: Int
    private let database: Database

    /// Opens a store, and creates it where it is missing.
    ///
    /// - Throws: `StoreError` for a file that is damaged, newer, or not Minke's, and for one that cannot be written.
    public convenience init(path: String) async throws {
        try await self.init(path: path, clock: .host)
    }

    init(
        path: String, clock: LeaseClock, patience: Duration = .seconds(10),
        watchInterval: Duration = .milliseconds(100), history: Int = 10_000
    ) async throws {
        self.path = path
        self.clock = clock
        self.watchInterval = watchInterval
        self.history = history
        database = try await offload { Database(try Schema.open(path: path, patience: patience)) }
    }

    /// Runs `body` in one transaction for reading, without the entries of lapsed leases.
    func read<T: Sendable>(_ body: @Sendable (StoreTables) throws -> T) async throws -> T {
        try await exclusively { tables in
            let lapsed = try tables.hasLapsedLeases()
            return try tables.connection.transaction(writing: lapsed) {
                if lapsed { try tables.dropLapsedLeases() }
                return try body(tables)
            }
        }
    }

    func write<T: Sendable>(_ body: @Sendable (StoreTables) throws -> T) async throws -> T {
        try await exclusively { tables in
            try tables.connection.transaction(writing: true) {
                try tables.dropLapsedLeases()
                return try body(tables)
            }
        }
    }

    /// Runs `body` outside any transaction, and no other call meanwhile.
    func exclusively<T: Sendable>(_ body: @Sendable (StoreTables) throws -> T) async throws -> T {
        try await database.run { connection in
            try body(StoreTables(connection: connection, clock: clock, history: history))
        }
    }

    /// Reads an entry, once the keys of lapsed leases are deleted.
    public func get(_ key: String) async throws -> StoreEntry? {
        try await read { try $0.entry(key) }
    }

    /// Reads entries and the revision in one transaction.
    public func snapshot(prefix: String) async throws -> StoreSnapshot {
        try await read { StoreSnapshot(revision: try $0.revision(), entries: try $0.entries(prefix: prefix)) }
    }

    /// Reads the number of entries and their greatest revision, but no values.
    public func stamp(prefix: String) async throws -> StoreStamp {
        try await read { try $0.stamp(prefix: prefix) }
    }

    /// Checks the conditions and carries the operations out in one transaction of SQLite's.
    @discardableResult
    public func commit(_ transaction: StoreTransaction) async throws -> StoreOutcome {
        try transaction.check()
        return try await write { tables in
            let succeeded = try transaction.conditions.allSatisfy(tables.holds)
            try tables.carryOut(succeeded ? transaction.operations : transaction.otherwise)
            return StoreOutcome(succeeded: succeeded, revision: try tables.revision())
        }
    }

    /// Creates a lease by the host's clock since its start, so that a restart of the host ends it.
    public func grantLease(timeToLive: Duration) async throws -> LeaseID {
        let milliseconds = try LeaseID.milliseconds(timeToLive)
        return try await write { try $0.grantLease(milliseconds: milliseconds) }
    }

    /// Restarts a lease's time to live; one that has lapsed is `StoreError.leaseLapsed`.
    public func keepAlive(_ lease: LeaseID) async throws {
        try await write { try $0.keepAlive(lease) }
    }

    /// Reads the remaining time of a lease, to the millisecond; nil where it has lapsed.
    public func remaining(_ lease: LeaseID) async throws -> Duration? {
        try await read { try $0.remaining(lease) }
    }

    /// Ends a lease with its keys, which get one revision together.
    public func revoke(_ lease: LeaseID) async throws {
        try await write { try $0.revoke([lease]) }
    }
}
