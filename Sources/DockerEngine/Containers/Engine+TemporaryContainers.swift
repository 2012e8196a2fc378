extension Engine {
    /// Makes a container for `body`, which may start it, and removes it with its volumes whatever happens.
    public func withContainer<Result: Sendable>(
        _ configuration: ContainerConfiguration, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let container = try await createContainer(name: nil, configuration)
        do {
            let result = try await body(container)
            try await removeContainer(container, force: true, volumes: true)
            return result
        } catch {
            // The task of its own goes on where this one was cancelled.
            await Task { try? await removeContainer(container, force: true, volumes: true) }.value
            throw error
        }
    }
}
