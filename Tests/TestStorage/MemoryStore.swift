import Glibc
import Storage
import System

/// A store in memory, for tests: what a `Store` promises, with nothing on a disk. All who use it share the object.
package final class MemoryStore: Store {
    private let state: Locked<MemoryTables>
    private let locks = MemoryLocks()
    /// The time by which leases lapse, in milliseconds.
    private let now: @Sendable () -> Int
    private let watchInterval: Duration

    /// - Parameters:
    ///   - history: the number of past revisions whose deletions are known.
    ///   - watchInterval: the time after which a watch looks again.
    ///   - now: a clock in milliseconds; without it, that of the host.
    package init(
        history: Int = 10_000, watchInterval: Duration = .milliseconds(1),
        now: @escaping @Sendable () -> Int = MemoryStore.hostTime
    ) {
        state = Locked(MemoryTables(history: history))
        self.watchInterval = watchInterval
        self.now = now
    }

    /// Runs `body` on the tables without the entries of lapsed leases; nothing changes where it throws.
    private func withTables<T: Sendable>(_ body: (inout MemoryTables) throws -> T) throws -> T {
        try state.withLock { state in
            var tables = state
            tables.dropLapsedLeases(at: now())
            let result = try body(&tables)
            state = tables
            return result
        }
    }

    package func get(_ key: String) throws -> StoreEntry? { try withTables { $0.entry(key) } }

    package func snapshot(prefix: String) throws -> StoreSnapshot {
        try withTables { StoreSnapshot(revision: $0.revision, entries: $0.entries(prefix: prefix)) }
    }

    package func stamp(prefix: String) throws -> StoreStamp {
        let entries = try snapshot(prefix: prefix).entries
        return StoreStamp(count: entries.count, revision: entries.map(\.modRevision).max() ?? 0)
    }

    @discardableResult
    package func commit(_ transaction: StoreTransaction) throws -> StoreOutcome {
        try transaction.check()
        return try withTables { tables in
            let succeeded = transaction.conditions.allSatisfy(tables.holds)
            try tables.carryOut(succeeded ? transaction.operations : transaction.otherwise)
            return StoreOutcome(succeeded: succeeded, revision: tables.revision)
        }
    }

    package func grantLease(timeToLive: Duration) throws -> LeaseID {
        let milliseconds = try LeaseID.milliseconds(timeToLive)
        return try withTables { $0.grantLease(milliseconds: milliseconds, at: now()) }
    }

    package func keepAlive(_ lease: LeaseID) throws { try withTables { try $0.keepAlive(lease, at: now()) } }

    package func remaining(_ lease: LeaseID) throws -> Duration? {
        try withTables { tables in tables.lapse(of: lease).map { .milliseconds($0 - now()) } }
    }

    package func revoke(_ lease: LeaseID) throws { try withTables { $0.revoke([lease]) } }

    package func watch(prefix: String, from revision: Int?) throws -> AsyncThrowingStream<StoreEvent, any Error> {
        let start = try withTables { tables in
            let next = revision ?? tables.revision + 1
            try tables.checkKnown(from: next)
            return next
        }
        return .polling(from: start, every: watchInterval) { next in
            let first = next
            let (events, revision) = try self.withTables { tables in
                try tables.checkKnown(from: first)
                return (tables.events(prefix: prefix, from: first), tables.revision)
            }
            next = max(next, revision + 1)
            return events
        }
    }

    package func lock(_ name: String, owner: String) throws -> StoreLock {
        StoreLock(name: name, hold: try MemoryHold(name, LockHolder(owner: owner), in: locks))
    }

    /// Forgets who has which lock, as a store does whose folder was replaced.
    package func loseLocks() { locks.forgetAll() }

    /// The time since the host was started, in milliseconds.
    package static func hostTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
