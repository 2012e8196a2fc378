import Model

/// The change of a pod or of a member with sidecars: of the container whose namespaces other containers join.
enum PodChange: Equatable {
    /// The container runs on.
    case stays(container: String)
    /// The container starts again, with a new network namespace.
    case startsAgain(container: String)
    /// Another container takes the container's place.
    case isMadeAnew

    init(_ containers: [ObservedContainer], _ action: Action?) {
        let running = containers.first { $0.state == .running }?.id
        switch action {
        case nil, .verify, .keep, .rename: self = running.map { .stays(container: $0) } ?? .isMadeAnew
        case .configure(_, let container, _, let cost):
            self = cost == .reload ? .stays(container: container) : .startsAgain(container: container)
        case .start(_, let container), .restart(_, let container): self = .startsAgain(container: container)
        default: self = .isMadeAnew
        }
    }

    /// Whether the containers in the pod have to end.
    var ends: Bool {
        if case .stays = self { return false }
        return true
    }

    /// The reason why a container that joined the namespace of `container` cannot stay there; nil where it can.
    ///
    /// - Parameter holder: the member whose namespace it is, in words.
    func reasonToLeave(_ container: String?, holder: String) -> String? {
        switch self {
        case .stays(let current) where current == container: nil
        case .startsAgain(let current) where current == container: nil
        case .stays: "it is in a namespace that its \(holder) no longer has"
        case .startsAgain, .isMadeAnew: "its \(holder) is made anew"
        }
    }
}
