import Model
import Observing
import Planning
import Storage
import System

extension Session {
    /// Keeps other runs from changing the environment until the lock is released: runs with this state folder by the
    /// lock, others by the environment's owner. Throws where another run is at work, or the environment is another
    /// state folder's.
    ///
    /// - Parameter claiming: whether to make the environment this state folder's where it is nobody's.
    package func lock(for command: String, claiming: Bool = false, takingOver: Bool = false) async throws -> StoreLock {
        try requireWritableState()
        let lock = try state.lock(for: command)
        if claiming {
            try await claim(takingOver: takingOver)
        } else {
            try await checkOwner()
        }
        return lock
    }
}

extension EnvironmentState {
    package func lock(for command: String) throws -> StoreLock {
        let lock = try store.lock(String(prefix.dropLast()), owner: command)
        held.withLock { $0 = lock }
        return lock
    }

    /// Keeps other runs of a part of the program, such as the demo, from the environment until the lock is released.
    package func lock(part: String, for command: String) throws -> StoreLock {
        try store.lock(prefix + part, owner: command)
    }
}
