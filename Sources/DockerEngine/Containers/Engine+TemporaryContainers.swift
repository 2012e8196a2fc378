extension Engine {
    /// Creates a container for `body`, which may start it, and removes it afterwards with its anonymous volumes, also
    /// where `body` throws.
    public func withContainer<Result: Sendable>(
        _ configuration: ContainerConfiguration, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let container = try await createContainer(name: nil, configuration)
        do {
            let result = try await body(container)
            try await removeContainer(container, force: true, volumes: true)
            return result
        } catch {
            // A task of its own, since this one may be cancelled.
            await Task { try? await removeContainer(container, force: true, volumes: true) }.value
            throw error
        }
    }
}
