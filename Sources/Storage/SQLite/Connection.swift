import CSQLite
import Glibc
import Model
import System

/// A connection to a database file, used by one caller at a time. Its calls wait for the disk and for other processes.
final class Connection {
    let handle: OpaquePointer
    let path: String
    private let patience: Duration
    private var statements: [String: Statement] = [:]

    /// Opens a file that is there.
    ///
    /// - Parameter patience: the time for which a call waits for other processes.
    init(path: String, patience: Duration) throws {
        var handle: OpaquePointer?
        // The file is created elsewhere, with its mode. SQLite gives its own files beside it the same mode.
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            let detail = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(handle)
            if Self.meansNoAccess(code) { throw Self.unwritable(path, detail) }
            throw StoreError.failed(path: path, detail: detail)
        }
        self.handle = handle
        self.path = path
        self.patience = patience
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(patience.seconds * 1000))
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs a statement to its end.
    func run(_ sql: String, _ values: Column...) throws {
        try query(sql, values) { _ in }
    }

    /// The rows of a statement.
    func rows<T>(_ sql: String, _ values: Column..., row: (Statement) throws -> T) throws -> [T] {
        var rows: [T] = []
        try query(sql, values) { rows.append(try row($0)) }
        return rows
    }

    /// The only number of a statement; zero where it has no row.
    func number(_ sql: String, _ values: Column...) throws -> Int {
        var number = 0
        try query(sql, values) { number = $0.int(0) }
        return number
    }

    /// The number of rows that the last statement changed.
    var changedRows: Int { Int(sqlite3_changes64(handle)) }

    /// The number of rows that this connection has ever changed.
    var allChangedRows: Int { Int(sqlite3_total_changes64(handle)) }

    private func query(_ sql: String, _ values: [Column], row: (Statement) throws -> Void) throws {
        let statement: Statement
        if let kept = statements[sql] {
            statement = kept
        } else {
            statement = try Statement(sql, on: self)
            statements[sql] = statement
        }
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() { try row(statement) }
    }

    /// Runs `body` in a transaction: all reads see one moment, and all writes are done or undone together.
    func transaction<T>(writing: Bool, _ body: () throws -> T) throws -> T {
        try run(writing ? "BEGIN IMMEDIATE" : "BEGIN")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // After some errors, SQLite itself has undone the transaction.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    private static func meansNoAccess(_ code: Int32) -> Bool {
        [SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM].contains(code & 0xff)
    }

    /// The error of a file that cannot be opened or written; SQLite does not tell the reason, but the folder may.
    private static func unwritable(_ path: String, _ detail: String) -> StoreError {
        let code = access(Files.folder(of: path), W_OK | X_OK) == 0 ? 0 : errno
        return .unwritable(path: path, reason: code == 0 ? detail : SystemError.text(of: code))
    }

    func error(_ code: Int32) -> StoreError {
        let detail = String(cString: sqlite3_errmsg(handle))
        return switch code & 0xff {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(path: path, detail: detail)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy(path: path, waited: patience)
        case _ where Self.meansNoAccess(code): Self.unwritable(path, detail)
        case _ where code & 0xff == SQLITE_FULL || sqlite3_system_errno(handle) == ENOSPC:
            .unwritable(path: path, reason: SystemError.text(of: ENOSPC))
        // The number is explained at https://www.sqlite.org/rescode.html.
        default: .failed(path: path, detail: "\(detail) (SQLite's code \(code))")
        }
    }
}
