import Applying

/// Control of members, by their names or those of their services; without names, of all.
extension Cloud {
    /// Starts members that are stopped, and waits until they are healthy.
    ///
    /// - Returns: the names of the members that it started.
    /// - Throws: `Problems` for names that mean no container, `ApplyFailure` where steps have failed.
    @discardableResult
    public func start(_ names: [String] = [], reporter: any Reporter) async throws -> [String] {
        try await control(.start, names, for: "start", reporter: reporter)
    }

    /// Stops members; the next plan starts them again.
    ///
    /// - Returns: the names of the members that it stopped.
    /// - Throws: `Problems` for names that mean no container, `ApplyFailure` where steps have failed.
    @discardableResult
    public func stop(_ names: [String] = [], reporter: any Reporter) async throws -> [String] {
        try await control(.stop, names, for: "stop", reporter: reporter)
    }

    /// Restarts members, one of a service after another, and waits until each is healthy.
    ///
    /// - Returns: the names of the members that it restarted.
    /// - Throws: `Problems` for names that mean no container, `ApplyFailure` where steps have failed.
    @discardableResult
    public func restart(_ names: [String] = [], reporter: any Reporter) async throws -> [String] {
        try await control(.restart, names, for: "restart", reporter: reporter)
    }

    private func control(
        _ change: MemberChange, _ names: [String], for command: String, reporter: any Reporter
    ) async throws -> [String] {
        try await session().control(change, names, for: command) { _, work in try await work(reporter) }
    }
}
