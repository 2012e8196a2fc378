import DockerEngine
import Model

/// The rule by which a container is an environment's own.
///
/// A label alone proves nothing: an image made from a container by `docker commit` has the container's labels, and so has
/// every container that is run from it. So something must agree that is not inherited: the container's name, which is the
/// one that Minke gave it; the volume of rendered files, which has that name; or its id, which is written down in the
/// store when a container is made.
struct ContainerOwnership: Sendable {
    let environment: String
    /// The ids of containers that are written down.
    let known: Set<String>

    func isOwn(_ container: ContainerSummary) -> Bool {
        let labels = container.labels
        guard labels[Labels.environment] == environment else { return false }
        if known.contains(container.id) { return true }
        let member = labels[Labels.member] ?? ""
        let names: [String]
        switch labels[Labels.role].flatMap(ObservedContainer.Role.init(rawValue:)) {
        case .member:
            names = Slot.allCases.map { $0.containerName(environment: environment, member: member) }
        case .job:
            names = [
                DesiredJob.containerName(environment: environment, service: labels[Labels.service] ?? "", name: member)
            ]
        case .client, .tool, nil:
            // It takes nobody's place; it only goes with its environment.
            return true
        }
        if names.contains(where: container.names.contains) { return true }
        // A member that somebody gave another name.
        return container.mounts.contains { mount in names.contains { mount.name == "\($0)-files" } }
    }
}
