extension StoreTables {
    func hasLapsedLeases() throws -> Bool {
        // Most stores have no lease, and then the clock need not be asked.
        if try connection.number("SELECT EXISTS (SELECT 1 FROM leases)") == 0 { return false }
        return try connection.number(
            "SELECT EXISTS (SELECT 1 FROM leases WHERE \(Self.lapsed))", .text(clock.boot()), .int(clock.now())) == 1
    }

    private static let lapsed = "(boot <> ?1 OR lapses <= ?2)"

    /// Deletes lapsed leases with their keys, in a revision of their own.
    func dropLapsedLeases() throws {
        guard try hasLapsedLeases() else { return }
        let lapsed = try connection.rows(
            "SELECT id FROM leases WHERE \(Self.lapsed)", .text(clock.boot()), .int(clock.now())
        ) { LeaseID(rawValue: $0.int(0)) }
        try revoke(lapsed)
    }

    /// Ends leases and deletes their keys.
    func revoke(_ leases: [LeaseID]) throws {
        var keys: [String] = []
        for lease in leases {
            keys += try connection.rows(
                "SELECT key FROM entries WHERE lease = ?1 ORDER BY key", .int(lease.rawValue)
            ) { $0.text(0) }
            try connection.run("DELETE FROM leases WHERE id = ?1", .int(lease.rawValue))
        }
        try carryOut(keys.map { .delete(key: $0) })
    }

    func grantLease(milliseconds: Int) throws -> LeaseID {
        try connection.run(
            "INSERT INTO leases (duration, boot, lapses) VALUES (?1, ?2, ?3)",
            .int(milliseconds), .text(clock.boot()), .int(clock.now() + milliseconds))
        return LeaseID(rawValue: try connection.number("SELECT last_insert_rowid()"))
    }

    func keepAlive(_ lease: LeaseID) throws {
        try connection.run(
            "UPDATE leases SET lapses = ?2 + duration WHERE id = ?1", .int(lease.rawValue), .int(clock.now()))
        if connection.changedRows == 0 { throw StoreError.leaseLapsed(lease) }
    }

    func remaining(_ lease: LeaseID) throws -> Duration? {
        try connection.rows("SELECT lapses FROM leases WHERE id = ?1", .int(lease.rawValue)) {
            Duration.milliseconds($0.int(0) - clock.now())
        }.first
    }
}
