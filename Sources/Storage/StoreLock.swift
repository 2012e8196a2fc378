import Glibc
import Model
import Synchronization

/// A lock that is held until it is released or nothing refers to it any more.
public final class StoreLock: Sendable {
    public let name: String
    private struct Hold {
        let isKept: @Sendable () -> Bool
        let onRelease: @Sendable () -> Void
    }
    /// Nil once the lock is released: whatever the closures refer to ends then.
    private let hold: Mutex<Hold?>

    /// Makes a lock whose release calls `onRelease`, once.
    ///
    /// - Parameter isKept: whether the store still keeps the lock for this holder.
    public init(name: String, isKept: @escaping @Sendable () -> Bool, onRelease: @escaping @Sendable () -> Void) {
        self.name = name
        hold = Mutex(Hold(isKept: isKept, onRelease: onRelease))
    }

    /// Checks that nobody else can have taken the lock meanwhile.
    ///
    /// - Throws: `StoreError.lockLost` if it was released, or the store has lost it.
    public func requireHeld() throws {
        guard let isKept = hold.withLock({ $0?.isKept }), isKept() else { throw StoreError.lockLost(name: name) }
    }

    deinit { release() }

    /// Releases the lock; a second call does nothing.
    public func release() {
        let ended = hold.withLock { kept in
            defer { kept = nil }
            return kept
        }
        ended?.onRelease()
    }
}

/// The holder of a lock.
public struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// The command, such as `minke apply`.
    public var owner: String
    public var process: Int
    /// Seconds since 1970.
    public var since: Int

    public init(owner: String, process: Int, since: Int) {
        self.owner = owner
        self.process = process
        self.since = since
    }

    init(owner: String) {
        self.init(owner: owner, process: Int(getpid()), since: time(nil))
    }

    /// Reads the form that `bytes` gives; nil for any other bytes.
    public init?(_ bytes: [UInt8]) {
        guard let value = try? JSON.parse(bytes), let owner = value["owner"]?.string,
            let process = value["process"]?.int, let since = value["since"]?.int
        else { return nil }
        self.init(owner: owner, process: process, since: since)
    }

    var bytes: [UInt8] {
        JSON.bytes(["owner": .string(owner), "process": .int(process), "since": .int(since)])
    }

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
