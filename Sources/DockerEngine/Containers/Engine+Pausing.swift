extension Engine {
    /// Lets a paused container go on.
    public func unpauseContainer(_ container: String) async throws {
        try await call("unpause container \(container)", "POST", "\(path(container))/unpause")
    }
}
