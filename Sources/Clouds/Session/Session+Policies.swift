import Applying
import DockerEngine
import Model

extension Session {
    /// Notes for each running member whether the engine starts it again whenever it ends.
    ///
    /// Lists do not show that. The engine is asked only about containers without a note in the state: an earlier
    /// program made them with another policy, or a run ended in between.
    package func notePolicies(in observed: inout Observation) async throws {
        let kept = try state.kept()
        for index in observed.containers.indices where observed.containers[index].isRunningMember {
            let container = observed.containers[index]
            observed.containers[index].isKeptRunning =
                if kept.contains(container.id) { true } else { try await isKeptRunning(container) }
        }
    }

    /// Whether the engine starts a container again whenever it ends; nil where the container is gone meanwhile.
    package func isKeptRunning(_ container: ObservedContainer) async throws -> Bool? {
        guard let details = try await engine(of: container).findContainer(container.id) else { return nil }
        return details.raw["HostConfig"]?["RestartPolicy"]?["Name"]?.string
            == ContainerSpecification().restartPolicy.name
    }
}
