/// The tables of a store, inside a transaction.
struct StoreTables {
    let connection: Connection
    let clock: LeaseClock
    let history: Int

    private static let columns = "key, value, created, modified, lease"

    func revision() throws -> Int { try connection.number("SELECT revision FROM counter") }

    func entry(_ key: String) throws -> StoreEntry? {
        try connection.rows(
            "SELECT \(Self.columns) FROM entries WHERE key = ?1", .text(key), row: Self.entry
        ).first
    }

    func entries(prefix: String) throws -> [StoreEntry] {
        try connection.rows(
            "SELECT \(Self.columns) FROM entries WHERE key >= ?1 AND key < ?2 ORDER BY key",
            .text(prefix), Self.end(of: prefix), row: Self.entry)
    }

    /// The stamp of the entries with a prefix; their values, which may be many and long, are not read.
    func stamp(prefix: String) throws -> StoreStamp {
        let (start, end) = (Column.text(prefix), Self.end(of: prefix))
        return StoreStamp(
            count: try connection.number("SELECT count(*) FROM entries WHERE key >= ?1 AND key < ?2", start, end),
            revision: try connection.number(
                """
                SELECT modified FROM entries INDEXED BY entries_by_modified WHERE key >= ?1 AND key < ?2
                ORDER BY modified DESC LIMIT 1
                """, start, end))
    }

    private static func entry(_ row: Statement) -> StoreEntry {
        StoreEntry(
            key: row.text(0), value: row.bytes(1), createRevision: row.int(2), modRevision: row.int(3),
            lease: row.optionalInt(4).map(LeaseID.init(rawValue:)))
    }

    /// The least value above all keys that begin with `prefix`.
    static func end(of prefix: String) -> Column {
        var scalars = Array(prefix.unicodeScalars)
        while let last = scalars.popLast() {
            // UTF-8 sorts as its scalars do; the surrogates are no scalars, so they are skipped.
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            guard let scalar = Unicode.Scalar(next) else { continue }
            scalars.append(scalar)
            var end = String.UnicodeScalarView()
            end.append(contentsOf: scalars)
            return .text(String(end))
        }
        // SQLite sorts every text before every blob.
        return .bytes([])
    }

    func holds(_ condition: StoreCondition) throws -> Bool {
        switch condition {
        case .absent(let key): try entry(key) == nil
        case .present(let key): try entry(key) != nil
        case .createRevision(let key, let revision): try entry(key)?.createRevision == revision
        case .modRevision(let key, let revision): try entry(key)?.modRevision == revision
        case .value(let key, let value): try entry(key)?.value == value
        }
    }

    /// Carries out operations under one new revision; under none where nothing changes.
    func carryOut(_ operations: [StoreOperation]) throws {
        let next = try revision() + 1
        var changed = false
        for operation in operations {
            switch operation {
            case .put(let key, let value, let lease):
                try put(key, value, lease: lease, revision: next)
                changed = true
            case .delete(let key):
                // No other key sorts between a key and itself with a zero byte.
                if try delete(from: key, to: .text(key + "\0"), revision: next) { changed = true }
            case .deleteAll(let prefix):
                if try delete(from: prefix, to: Self.end(of: prefix), revision: next) { changed = true }
            }
        }
        if changed { try connection.run("UPDATE counter SET revision = ?1", .int(next)) }
    }

    private func put(_ key: String, _ value: [UInt8], lease: LeaseID?, revision: Int) throws {
        if let lease, try remaining(lease) == nil { throw StoreError.leaseLapsed(lease) }
        try connection.run(
            """
            INSERT INTO entries (\(Self.columns)) VALUES (?1, ?2, ?3, ?3, ?4)
            ON CONFLICT (key) DO UPDATE SET value = ?2, modified = ?3, lease = ?4
            """, .text(key), .bytes(value), .int(revision), lease.map { .int($0.rawValue) } ?? .null)
    }

    /// Deletes entries and keeps their keys for watches; tells whether there were any.
    private func delete(from start: String, to end: Column, revision: Int) throws -> Bool {
        try connection.run(
            "INSERT OR REPLACE INTO deletions SELECT key, ?3 FROM entries WHERE key >= ?1 AND key < ?2",
            .text(start), end, .int(revision))
        if connection.changedRows == 0 { return false }
        try connection.run("DELETE FROM entries WHERE key >= ?1 AND key < ?2", .text(start), end)
        try connection.run("DELETE FROM deletions WHERE revision <= ?1", .int(revision - history))
        return true
    }

    /// A stamp that changes whenever the file changes, and never repeats.
    func changeStamp() throws -> ChangeStamp {
        ChangeStamp(
            others: try connection.number("PRAGMA data_version"), own: connection.allChangedRows)
    }

    /// Throws where deletions at `revision` or later may have been forgotten.
    func checkKnown(from revision: Int) throws {
        let oldest = try self.revision() - history + 1
        if revision < oldest { throw StoreError.compacted(oldest: oldest) }
    }

    /// The last change of each key since a revision, sorted by revision.
    func events(prefix: String, from revision: Int) throws -> [StoreEvent] {
        let end = Self.end(of: prefix)
        let puts = try connection.rows(
            """
            SELECT \(Self.columns) FROM entries WHERE modified >= ?1 AND key >= ?2 AND key < ?3
            ORDER BY modified, key
            """, .int(revision), .text(prefix), end, row: Self.entry)
        let deletions = try connection.rows(
            """
            SELECT key, revision FROM deletions WHERE revision >= ?1 AND key >= ?2 AND key < ?3
            ORDER BY revision, key
            """, .int(revision), .text(prefix), end
        ) { StoreEvent.delete(key: $0.text(0), revision: $0.int(1)) }
        // No transaction both puts and deletes a key, and sorting keeps the order of equal revisions.
        return (puts.map(StoreEvent.put) + deletions).sorted { $0.revision < $1.revision }
    }
}

/// Two counters, of which one changes with every change of a store's file: by other connections or by this one.
struct ChangeStamp: Sendable, Hashable {
    var others: Int
    var own: Int
}
