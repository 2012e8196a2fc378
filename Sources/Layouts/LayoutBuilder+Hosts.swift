import Model
import Recipes

/// Members on several hosts.
extension LayoutBuilder {
    /// One member on each host, where the environment spans several.
    mutating func linkMembers(of declaration: ServiceDeclaration, recipe: ServiceRecipe) -> [LaidOutMember] {
        if declaration.replicas != nil || declaration.host != nil || !declaration.members.isEmpty {
            problems.append(
                Problem(
                    at: declaration.place, "\(declaration.name) has one member on each host",
                    remedy: "write `\(declaration.name): {}`"))
        }
        guard environment.spansHosts else { return [] }
        return environment.reachableHosts.enumerated().map { index, host in
            LaidOutMember(
                name: "\(declaration.name)-\(host.name)", index: index, host: host.name,
                region: declaration.region ?? environment.defaultRegion, macAddress: nil, addresses: [],
                pod: nil, settings: ValueMap())
        }
    }

    /// Checks that a service links the networks where members are on other hosts, and adds notes on data that hosts do
    /// not share.
    mutating func checkLinks() {
        let remote = services.flatMap(\.members).first { $0.host != Environment.here }
        if let remote, !services.contains(where: \.recipe.linksHosts) {
            problems.append(
                Problem(
                    at: environment.hosts.first { $0.name == remote.host }?.place,
                    "\(remote.name) is on host \(remote.host), which nothing links with the others",
                    remedy: "add `host-link: {}` under `services:`"))
        }
        for service in services {
            let hosts = Set(service.members.map(\.host)).sorted()
            for volume in service.recipe.volumes where volume.scope == .service && hosts.count > 1 {
                notes.append(
                    "\(service.name) is on \(hosts.joined(separator: " and ")), each with a volume \(volume.name) of "
                        + "its own: \(volume.contents ?? "the data") of one host cannot be read from the others")
            }
        }
    }
}
