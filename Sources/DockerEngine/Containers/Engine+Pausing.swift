extension Engine {
    /// Pauses a container's processes.
    public func pauseContainer(_ container: String) async throws {
        try await call("pause container \(container)", "POST", "\(path(container))/pause")
    }

    /// Lets a paused container's processes continue.
    public func unpauseContainer(_ container: String) async throws {
        try await call("unpause container \(container)", "POST", "\(path(container))/unpause")
    }
}
