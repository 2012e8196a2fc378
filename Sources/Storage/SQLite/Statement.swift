import CSQLite

/// A value in a statement.
enum Column {
    case int(Int)
    case text(String)
    case bytes([UInt8])
    case null
}

/// A prepared statement, run once at a time.
final class Statement {
    private let handle: OpaquePointer
    private unowned let connection: Connection

    init(_ sql: String, on connection: Connection) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw connection.error(code) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ values: [Column]) throws {
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            let code =
                switch value {
                case .int(let number): sqlite3_bind_int64(handle, position, Int64(number))
                case .text(let text): bind(text, at: position)
                // A null pointer would bind NULL.
                case .bytes(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(handle, position, 0)
                case .bytes(let bytes):
                    sqlite3_bind_blob64(handle, position, bytes, sqlite3_uint64(bytes.count), Self.copied)
                case .null: sqlite3_bind_null(handle, position)
                }
            guard code == SQLITE_OK else { throw connection.error(code) }
        }
    }

    private func bind(_ text: String, at position: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress, !characters.isEmpty else {
                    return sqlite3_bind_text(handle, position, "", 0, Self.copied)
                }
                return sqlite3_bind_text64(
                    handle, position, start, sqlite3_uint64(characters.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    /// Steps to the next row; false at the end.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw connection.error(code)
        }
    }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func optionalInt(_ column: Int32) -> Int? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : int(column)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// SQLITE_TRANSIENT, a macro that Swift does not see, which has SQLite copy the bytes.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
