import Glibc
import Model
import Synchronization

/// A lock of a store, held until it is released or nothing refers to it any more.
public final class StoreLock: Sendable {
    /// The lock's name in its store.
    public let name: String
    /// The hold; nil once the lock is released.
    private let hold: Mutex<(any LockHold)?>

    /// Makes a lock of a store's hold on it.
    public init(name: String, hold: any LockHold) {
        self.name = name
        self.hold = Mutex(hold)
    }

    /// Checks that nobody else can have taken the lock meanwhile.
    ///
    /// - Throws: `StoreError.lockLost` if it was released, or the store has lost it.
    public func requireHeld() async throws {
        guard let hold = hold.withLock({ $0 }), await hold.isKept() else { throw StoreError.lockLost(name: name) }
    }

    /// Releases the lock: it is free when the call returns. A second call does nothing.
    public func release() async {
        let ended = hold.withLock { hold in
            defer { hold = nil }
            return hold
        }
        await ended?.end()
    }

    /// Runs `body`, then releases the lock, also where `body` throws.
    public func whileHeld<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            let result = try await body()
            await release()
            return result
        } catch {
            await release()
            throw error
        }
    }
}

/// A store's hold on a lock. It ends with the object too, for a lock that nobody released.
public protocol LockHold: AnyObject, Sendable {
    /// Whether nobody else can have the lock.
    func isKept() async -> Bool
    /// Makes the lock free. Called once at most.
    func end() async
}

/// A process that has a lock.
public struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// The command, such as `minke apply`.
    public var owner: String
    /// The number of the process.
    public var process: Int
    /// The time at which it took the lock, in seconds since 1970.
    public var since: Int

    /// Creates a holder.
    public init(owner: String, process: Int, since: Int) {
        self.owner = owner
        self.process = process
        self.since = since
    }

    /// This process as a holder, from now on.
    package init(owner: String) {
        self.init(owner: owner, process: Int(getpid()), since: time(nil))
    }

    /// Reads the form of `bytes`; nil for any other bytes.
    public init?(_ bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes), let owner = value["owner"]?.string,
            let process = value["process"]?.int, let since = value["since"]?.int
        else { return nil }
        self.init(owner: owner, process: process, since: since)
    }

    /// The holder as a lock's file keeps it, in JSON.
    var bytes: [UInt8] {
        JSON.bytes(["owner": .string(owner), "process": .int(process), "since": .int(since)])
    }

    /// The holder as a clause of messages, with its time in ISO 8601 (UTC).
    public var description: String {
        "`\(owner)` (process \(process), since \(Self.text(ofTime: since)))"
    }

    /// A time in ISO 8601, in UTC.
    private static func text(ofTime seconds: Int) -> String {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress, strftime(start, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0
            else { return "\(seconds)" }
            return String(cString: start)
        }
    }
}
