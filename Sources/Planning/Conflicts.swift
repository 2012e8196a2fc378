import Model

/// What stands in the way of an environment on a host: names and ports that others have, images that are not there.
public struct Conflicts {
    /// Problems that make applying impossible; found before anything has changed.
    public static func find(desired: DesiredState, observed: Observation) -> [Problem] {
        var problems: [Problem] = []
        let own = Set(observed.containers.map(\.name))
        var missingImages: [String: String] = [:]
        for member in desired.members {
            if observed.images[member.specification.image] == nil {
                missingImages[member.specification.image] = member.recipe
            }
            let environment = desired.environment
            for slot in Slot.allCases {
                let name = slot.containerName(environment: environment, member: member.name)
                if observed.foreignNames.contains(name), !own.contains(name) {
                    problems.append(
                        Problem(
                            "\(member.name) needs the container name \(name), which a container of someone else has",
                            remedy: "rename that container, or this environment"))
                }
            }
            for port in member.specification.ports {
                if let other = observed.foreignPorts.first(where: { $0.collides(with: port) }) {
                    problems.append(
                        Problem(
                            "\(member.name) needs port \(port.hostPort) of \(port.address), which container "
                                + "\(other.container) has",
                            remedy: "stop that container, or set another `public: address:`"))
                }
            }
        }
        for (image, recipe) in missingImages.sorted(by: { $0.key < $1.key }) {
            problems.append(
                Problem("image \(image) is missing", remedy: "build it with `minke build \(recipe)`"))
        }
        if let network = observed.network {
            let subnet = desired.network.subnet
            let wanted = IPv4Network(address: subnet.network, prefix: subnet.prefix).description
            if !network.isOurs {
                problems.append(
                    Problem(
                        "network \(desired.network.name) exists and is not this environment's",
                        remedy: "rename the environment, or remove that network"))
            } else if network.subnet != wanted {
                problems.append(
                    Problem(
                        "network \(desired.network.name) has subnet \(network.subnet), and \(wanted) is asked for",
                        remedy: "take the environment down and up again, or keep the old subnet"))
            }
        }
        return problems
    }
}
