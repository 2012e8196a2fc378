import Glibc
import System

/// The tables of a store's file.
///
/// Version 1 has four tables: `entries` with the current entries; `deletions` with the last deletion of each key, for
/// watches, without its value, so that a deleted secret is gone; `leases` with the time at which each lapses, in
/// milliseconds of the host's start `boot`; `counter` with one row, the revision.
enum Schema {
    static let version = 1
    /// "Mink" in ASCII, by which `file` and Minke recognise the file.
    static let application = 0x4D69_6E6B

    /// Opens an existing file with a known schema in few steps; otherwise creates the file, the tables, or both.
    static func open(path: String, patience: Duration) throws -> Connection {
        do {
            return try openFile(path: path, patience: patience)
        } catch let error as SystemError where [EACCES, EPERM, EROFS, EEXIST, ENOENT, ENOTDIR].contains(error.code) {
            throw StoreError.unwritable(path: path, reason: error.description)
        }
    }

    private static func openFile(path: String, patience: Duration) throws -> Connection {
        if !Files.exists(path) { try makeFile(path) }
        try tighten(path)
        // Checked here, since SQLite also opens a file that it may only read, and needs the folder only at the first
        // change.
        for needed in [path, Files.folder(of: path)] where access(needed, W_OK) != 0 {
            throw SystemError("write \(needed)")
        }
        let connection = try Connection(path: path, patience: patience)
        if try found(connection) == 0 { try make(connection, patience: patience) }
        // A commit is on the disk when it returns. Deleted values are overwritten, since they may be secrets.
        try connection.run("PRAGMA synchronous = FULL")
        try connection.run("PRAGMA secure_delete = ON")
        return connection
    }

    /// The version of a file's schema; zero for an empty file.
    private static func found(_ connection: Connection) throws -> Int {
        var header = try readHeader(connection)
        // Another process may create the tables between two of these reads, so an unknown file is read again in one
        // transaction.
        if header.application != application {
            header = try connection.transaction(writing: false) { try readHeader(connection) }
        }
        if header.application != application, header != Header(application: 0, version: 0, tables: 0) {
            throw StoreError.foreign(path: connection.path)
        }
        if header.version > version {
            throw StoreError.newerSchema(path: connection.path, found: header.version, known: version)
        }
        return header.version
    }

    private struct Header: Equatable {
        let application: Int
        let version: Int
        /// The number of tables; zero, uncounted, where the application is Minke.
        let tables: Int
    }

    private static func readHeader(_ connection: Connection) throws -> Header {
        let version = try connection.number("PRAGMA user_version")
        let application = try connection.number("PRAGMA application_id")
        let tables =
            application == Self.application ? 0 : try connection.number("SELECT count(*) FROM sqlite_master")
        return Header(application: application, version: version, tables: tables)
    }

    private static func makeFile(_ path: String) throws {
        let folder = Files.folder(of: path)
        try Files.makeDirectory(folder, mode: 0o700)
        // Not `open`, since closing a descriptor of the database ends the locks that SQLite has on it in this process.
        if mknod(path, S_IFREG | 0o600, 0) != 0, errno != EEXIST { throw SystemError("make \(path)") }
    }

    /// Takes access away from group and others where somebody has given it, since the file holds secrets.
    private static func tighten(_ path: String) throws {
        let status = try Files.status(of: path, followingLinks: true)
        guard status.kind == .file else { throw StoreError.failed(path: path, detail: "it is not a file") }
        if status.mode & 0o077 == 0 { return }
        try Files.setMode(0o600, of: path)
        for beside in [path + "-wal", path + "-shm"] where Files.exists(beside) {
            try Files.setMode(0o600, of: beside)
        }
    }

    /// Creates the tables, under a lock because SQLite does not wait when two processes change the journal's mode.
    private static func make(_ connection: Connection, patience: Duration) throws {
        let folder = SQLiteStore.lockFolder(for: connection.path)
        try Files.makeDirectory(folder, mode: 0o700)
        guard let lock = try FileLock(folder + "/.schema", patience: patience) else {
            throw StoreError.busy(path: connection.path, waited: patience)
        }
        try withExtendedLifetime(lock) {
            if try found(connection) == version { return }
            try connection.run("PRAGMA journal_mode = WAL")
            try connection.transaction(writing: true) {
                for statement in statements { try connection.run(statement) }
                try connection.run("PRAGMA application_id = \(application)")
                try connection.run("PRAGMA user_version = \(version)")
            }
        }
    }

    private static let statements = [
        "CREATE TABLE counter (revision INTEGER NOT NULL) STRICT",
        "INSERT INTO counter VALUES (0)",
        """
        CREATE TABLE entries (
            key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL,
            created INTEGER NOT NULL, modified INTEGER NOT NULL, lease INTEGER) STRICT
        """,
        "CREATE INDEX entries_by_modified ON entries (modified)",
        "CREATE INDEX entries_by_lease ON entries (lease) WHERE lease IS NOT NULL",
        "CREATE TABLE deletions (key TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL) STRICT",
        "CREATE INDEX deletions_by_revision ON deletions (revision)",
        // AUTOINCREMENT never gives a number twice.
        """
        CREATE TABLE leases (
            id INTEGER PRIMARY KEY AUTOINCREMENT, duration INTEGER NOT NULL,
            boot TEXT NOT NULL, lapses INTEGER NOT NULL) STRICT
        """,
    ]
}
