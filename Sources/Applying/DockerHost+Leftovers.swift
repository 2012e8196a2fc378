import DockerEngine
import Model
import System

/// A program that is killed leaves requests behind that the engine is still at work on. What they make appears after
/// the engine was read, and is in the way of whoever makes the same.
extension DockerHost {
    /// How long the engine may take to finish what was asked of it before.
    private static let patience = Duration.seconds(20)

    /// Makes a network, or takes the one that has appeared meanwhile.
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

    /// Makes a container in place of one that has appeared meanwhile.
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

    /// Removes a container in the way that never ran. False where it is somebody else's, or of use.
    private func removeLeftover(_ request: ContainerRequest) async throws -> Bool {
        let leftover: ContainerDetails
        do {
            leftover = try await engine.inspectContainer(request.name)
        } catch let error as EngineError where error.isNotFound {
            // The name is taken before the container is there.
            return true
        }
        let environment = request.labels[Labels.environment]
        guard leftover.labels[Labels.environment] == environment, leftover.state.state == .created else { return false }
        try await removeWhole(leftover.id)
        return true
    }

    /// Removes a container with its anonymous volumes, also where that is under way already.
    func removeWhole(_ container: String) async throws {
        try await poll(every: .milliseconds(50), within: Self.patience, for: "the removal of a container") {
            () -> Result<Void, any Error>? in
            do {
                try await engine.removeContainer(container, force: true, volumes: true)
                return .success(())
            } catch let error as EngineError where error.isConflict && error.message.contains("already in progress") {
                return nil
            } catch {
                return .failure(error)
            }
        }.get()
    }
}
