import Model
import Observing
import Planning
import Storage
import System

extension Session {
    /// Runs `body` while no other run changes the environment: runs with this state folder are kept away by the lock,
    /// others by the environment's owner.
    ///
    /// - Parameters:
    ///   - command: the command that asks, by which others know who has the lock.
    ///   - claiming: whether to make the environment this state folder's where it is nobody's.
    /// - Throws: `StoreError.lockHeld` where another run is at work, `Problems` where the environment is another state
    ///   folder's, and the errors of `body`.
    package func withLock<Result>(
        for command: String, claiming: Bool = false, takingOver: Bool = false, _ body: () async throws -> Result
    ) async throws -> Result {
        try requireWritableState()
        return try await state.lock(for: command).whileHeld {
            if claiming {
                try await claim(takingOver: takingOver)
            } else {
                try await checkOwner()
            }
            return try await body()
        }
    }
}

extension EnvironmentState {
    package func lock(for command: String) async throws -> StoreLock {
        let lock = try await store.lock(StateKeys.lock(environment: environment), owner: command)
        held.withLock { $0 = lock }
        return lock
    }

    /// Keeps other runs of a part of the program, such as the demo, from the environment until the lock is released.
    package func lock(part: String, for command: String) async throws -> StoreLock {
        try await store.lock(StateKeys.lock(part: part, environment: environment), owner: command)
    }
}
