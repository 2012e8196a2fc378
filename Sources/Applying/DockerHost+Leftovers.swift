import DockerEngine
import Model
import System

/// Handling of requests that a killed program left behind and that the engine still works on. Their results appear
/// after the engine was read, and are in the way of a program that creates the same object.
extension DockerHost {
    /// The time that the engine may take to finish earlier requests.
    private static let patience = Duration.seconds(20)

    /// Creates a network, or takes the one of that name that has appeared meanwhile.
    func createOnce(_ configuration: NetworkConfiguration) async throws {
        do {
            _ = try await engine.createNetwork(configuration)
        } catch let error as EngineError {
            let isOurs = try? await poll(every: .milliseconds(100), within: .seconds(2), for: configuration.name) {
                try await engine.inspectNetwork(configuration.name).labels == configuration.labels
            }
            if isOurs != true { throw error }
        }
    }

    /// Creates a container, in place of one of that name that has appeared meanwhile.
    func createOnce(_ request: ContainerRequest) async throws -> String {
        let made = try await poll(
            every: .milliseconds(50), within: Self.patience, for: "the end of an earlier request for \(request.name)"
        ) { () -> Result<String, any Error>? in
            do {
                if request.specification.hasFiles { try await engine.removeVolume(request.filesVolume) }
                return .success(try await engine.createContainer(name: request.name, request.configuration))
            } catch let error as EngineError where error.isConflict {
                return try await removeLeftover(request) ? nil : .failure(error)
            } catch {
                return .failure(error)
            }
        }
        return try made.get()
    }

    /// Removes a container that has the wanted name and never ran. Returns false where it is not the environment's own
    /// or has run.
    private func removeLeftover(_ request: ContainerRequest) async throws -> Bool {
        // The engine reserves the name before the container exists.
        guard let leftover = try await engine.findContainer(request.name) else { return true }
        let environment = request.labels[Labels.environment]
        guard leftover.labels[Labels.environment] == environment, leftover.state.state == .created else { return false }
        try await engine.removeContainer(leftover.id, force: true, volumes: true)
        return true
    }
}
