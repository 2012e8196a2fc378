import Model

/// The relation of containers to those whose namespaces they join: sidecars to their members, and members of a pod to
/// its holder.
struct JoinedNamespaces {
    /// The containers that join no other's namespaces, or one's that is not among the containers.
    let outermost: [ObservedContainer]
    private let inner: [String: [ObservedContainer]]

    init(_ containers: [ObservedContainer]) {
        let ids = Set(containers.map(\.id))
        let withoutSidecars = containers.filter { $0.sidecarOf == nil }
        let members = Dictionary(withoutSidecars.map { ($0.member, $0.id) }, uniquingKeysWith: { first, _ in first })
        var outermost: [ObservedContainer] = []
        var inner: [String: [ObservedContainer]] = [:]
        for container in containers {
            let joined = container.sidecarOf.flatMap { members[$0] } ?? container.pod
            if let joined, ids.contains(joined) {
                inner[joined, default: []].append(container)
            } else {
                outermost.append(container)
            }
        }
        self.outermost = outermost
        self.inner = inner
    }

    /// The containers that join a container's namespaces.
    func members(of container: ObservedContainer) -> [ObservedContainer] { inner[container.id] ?? [] }

    /// Containers with all that join their namespaces, each once.
    func whole(_ containers: [ObservedContainer]) -> [ObservedContainer] {
        var seen: Set<String> = []
        func all(_ containers: [ObservedContainer]) -> [ObservedContainer] {
            containers.flatMap { container in
                seen.insert(container.id).inserted ? [container] + all(members(of: container)) : []
            }
        }
        return all(containers)
    }
}
