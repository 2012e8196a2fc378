import Model
import Synchronization
import System

/// A store in one SQLite file, for the processes of one host.
///
/// The file has mode 0600 and its folder, where it is created here, 0700. Its journal is written ahead (WAL) with every
/// commit synchronised, so that neither a killed process nor a power failure loses a record whose call has returned.
/// Locks are the kernel's, on files in the folder `<path>-locks`, since a lock must end with its process. Watches check
/// at an interval whether the file has changed (`PRAGMA data_version`).
public final class SQLiteStore: Store {
    /// The connection, which only `exclusively` hands out.
    private struct Guarded: @unchecked Sendable {
        let connection: Connection
    }

    public let path: String
    let clock: LeaseClock
    let watchInterval: Duration
    /// The number of past revisions whose deletions are known.
    let history: Int
    private let guarded: Mutex<Guarded>

    /// Opens a store, and creates it where it is missing. Throws `StoreError` for a file that is damaged, newer, or not
    /// Minke's.
    public convenience init(path: String) throws {
        try self.init(path: path, clock: .host)
    }

    init(
        path: String, clock: LeaseClock, patience: Duration = .seconds(10),
        watchInterval: Duration = .milliseconds(100), history: Int = 10_000
    ) throws {
        self.path = path
        self.clock = clock
        self.watchInterval = watchInterval
        self.history = history
        guarded = Mutex(Guarded(connection: try Schema.open(path: path, patience: patience)))
    }

    /// Runs `body` in one transaction for reading, without the entries of lapsed leases.
    func read<T: Sendable>(_ body: (StoreTables) throws -> T) throws -> T {
        try exclusively { tables in
            let lapsed = try tables.hasLapsedLeases()
            return try tables.connection.transaction(writing: lapsed) {
                if lapsed { try tables.dropLapsedLeases() }
                return try body(tables)
            }
        }
    }

    func write<T: Sendable>(_ body: (StoreTables) throws -> T) throws -> T {
        try exclusively { tables in
            try tables.connection.transaction(writing: true) {
                try tables.dropLapsedLeases()
                return try body(tables)
            }
        }
    }

    /// Gives the tables to one thread at a time, outside any transaction.
    func exclusively<T: Sendable>(_ body: (StoreTables) throws -> T) throws -> T {
        try guarded.withLock {
            try body(StoreTables(connection: $0.connection, clock: clock, history: history))
        }
    }

    public func get(_ key: String) throws -> StoreEntry? {
        try read { try $0.entry(key) }
    }

    public func snapshot(prefix: String) throws -> StoreSnapshot {
        try read { StoreSnapshot(revision: try $0.revision(), entries: try $0.entries(prefix: prefix)) }
    }

    public func stamp(prefix: String) throws -> StoreStamp {
        try read { try $0.stamp(prefix: prefix) }
    }

    @discardableResult
    public func commit(_ transaction: StoreTransaction) throws -> StoreOutcome {
        try transaction.check()
        return try write { tables in
            let succeeded = try transaction.conditions.allSatisfy(tables.holds)
            try tables.carryOut(succeeded ? transaction.operations : transaction.otherwise)
            return StoreOutcome(succeeded: succeeded, revision: try tables.revision())
        }
    }

    public func grantLease(timeToLive: Duration) throws -> LeaseID {
        guard timeToLive > .zero else { throw StoreError.refused("a lease's time to live is not positive") }
        return try write { try $0.grantLease(milliseconds: Int((timeToLive.seconds * 1000).rounded(.up))) }
    }

    public func keepAlive(_ lease: LeaseID) throws {
        try write { try $0.keepAlive(lease) }
    }

    public func remaining(_ lease: LeaseID) throws -> Duration? {
        try read { try $0.remaining(lease) }
    }

    public func revoke(_ lease: LeaseID) throws {
        try write { try $0.revoke([lease]) }
    }
}
