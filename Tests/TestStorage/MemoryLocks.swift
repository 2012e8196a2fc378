import Storage
import System

/// The locks of a store in memory.
final class MemoryLocks: Sendable {
    private struct State: Sendable {
        /// The holders by the locks' names in bytes.
        var holders: [[UInt8]: (hold: Int, holder: LockHolder)] = [:]
        var holds = 0
    }

    private let state = Locked(State())

    /// Takes a lock, and gives the number of the hold.
    func take(_ name: String, _ holder: LockHolder) throws -> Int {
        try state.withLock { state in
            let key = Array(name.utf8)
            if let taken = state.holders[key] { throw StoreError.lockHeld(name: name, holder: taken.holder) }
            state.holds += 1
            state.holders[key] = (state.holds, holder)
            return state.holds
        }
    }

    func isKept(_ name: String, hold: Int) -> Bool {
        state.withLock { $0.holders[Array(name.utf8)]?.hold == hold }
    }

    func release(_ name: String, hold: Int) {
        state.withLock { state in
            let key = Array(name.utf8)
            if state.holders[key]?.hold == hold { state.holders[key] = nil }
        }
    }

    func forgetAll() { state.withLock { $0.holders = [:] } }
}

/// A hold on a lock of a store in memory.
final class MemoryHold: LockHold {
    private let name: String
    private let number: Int
    private let locks: MemoryLocks

    init(_ name: String, _ holder: LockHolder, in locks: MemoryLocks) throws {
        self.name = name
        self.locks = locks
        number = try locks.take(name, holder)
    }

    deinit { locks.release(name, hold: number) }

    func isKept() -> Bool { locks.isKept(name, hold: number) }

    func end() { locks.release(name, hold: number) }
}
