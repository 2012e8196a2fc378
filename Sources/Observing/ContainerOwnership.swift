import DockerEngine
import Model

/// The rule by which a container belongs to an environment.
///
/// A label alone proves nothing: an image that `docker commit` made from a container has the container's labels, and so
/// has every container of that image. So a mark that is not inherited must agree as well: the container's name, as
/// Minke gave it; the volume of rendered files, which has that name; or the container's id, which the store has
/// recorded since Minke created it.
package struct ContainerOwnership: Sendable {
    private let environment: String
    private let known: Set<String>

    /// - Parameter known: the ids of recorded containers.
    package init(environment: String, known: Set<String> = []) {
        self.environment = environment
        self.known = known
    }

    package func isOwn(_ container: ContainerSummary) -> Bool {
        let labels = container.labels
        guard labels[Labels.environment] == environment else { return false }
        if known.contains(container.id) { return true }
        let member = labels[Labels.member] ?? ""
        let names: [String]
        switch labels[Labels.role].flatMap(ObservedContainer.Role.init(rawValue:)) {
        case .member:
            names = Slot.allCases.map { $0.containerName(environment: environment, member: member) }
        case .job:
            let owner = labels[Labels.worksFor] ?? labels[Labels.service] ?? ""
            names = [DesiredJob.containerName(environment: environment, owner: owner, name: member)]
        case .client, .tool:
            let start = ObservedContainer.toolNamePrefix(environment: environment, tool: member)
            return container.names.contains { $0.hasPrefix(start) }
        case nil:
            return false
        }
        if names.contains(where: container.names.contains) { return true }
        // The volume tells a member's container that somebody has renamed.
        return container.mounts.contains { mount in names.contains { mount.name == "\($0)-files" } }
    }
}
