import System

/// A connection to a database, used by one caller at a time, on threads that may block.
actor Database {
    private let executor = BlockingExecutor()
    private let connection: Connection

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ connection: sending Connection) { self.connection = connection }

    /// Runs `body`, which waits for the disk and for other processes.
    func run<T: Sendable>(_ body: @Sendable (Connection) throws -> T) throws -> T { try body(connection) }
}
