import Model
import Recipes

/// Members that join the network namespaces of others.
extension LayoutBuilder {
    /// Gives each service that runs in pods one member in each pod, and checks that all needed networks exist.
    mutating func layOutPods() {
        for index in services.indices where !services[index].recipe.pods.isEmpty {
            services[index].members = podMembers(of: services[index])
        }
        let known = environment.furtherNetworks.map(\.name)
        for service in services {
            for network in service.recipe.networks where !known.contains(network) {
                problems.append(
                    Problem(
                        at: service.declaration.place,
                        "\(service.name) needs a network \(network), which the environment does not have",
                        remedy: nearestName(to: network, among: known).map { "did you mean \(network) by \($0)?" }
                            ?? "add it: `networks: {\(network): {subnet: A.B.C.D/N}}`"))
            }
        }
    }

    private mutating func podMembers(of service: LaidOutService) -> [LaidOutMember] {
        let declaration = service.declaration
        if declaration.replicas != nil || declaration.host != nil {
            problems.append(
                Problem(
                    at: declaration.place,
                    "\(service.name) has one member in each pod of \(service.recipe.pods.joined(separator: " and "))",
                    remedy: "write `\(service.name): {}`, and give \(service.recipe.pods[0]) its number and hosts"))
        }
        let holders = services.filter { service.recipe.pods.contains($0.name) && $0.recipe.holdsPod }
        if holders.isEmpty {
            problems.append(
                Problem(
                    at: declaration.place,
                    "\(service.name) runs in pods of \(service.recipe.pods.joined(separator: " or ")), and there are none",
                    remedy: "add `\(service.recipe.pods[0]): 1` under `services:`"))
        }
        let pods = holders.flatMap(\.members)
        let names = pods.map { "\(service.name)-\($0.name)" }
        for member in declaration.members where !names.contains(member.name) {
            problems.append(
                Problem(
                    at: member.place, "\(service.name) has no member \(member.name)",
                    remedy: Remedy.meant(by: member.name, among: names)
                        ?? "it has \(names.joined(separator: ", "))"))
        }
        return zip(pods, names).enumerated().map { index, entry in
            let (pod, name) = entry
            let own = declaration.members.first { $0.name == name }?.settings ?? []
            return LaidOutMember(
                name: name, index: index, host: pod.host, region: declaration.region ?? pod.region, macAddress: nil,
                addresses: [], pod: pod.name,
                settings: merge(own, into: ValueMap(), recipe: service.recipe, of: service.name))
        }
    }

    /// Gives members in pods the addresses of the members that hold the pods.
    mutating func shareAddressesInPods() {
        let holders = services.filter(\.recipe.holdsPod).flatMap(\.members)
        let addresses = Dictionary(holders.map { ($0.name, $0.addresses) }, uniquingKeysWith: { first, _ in first })
        for service in services.indices where !services[service].recipe.pods.isEmpty {
            for member in services[service].members.indices {
                let pod = services[service].members[member].pod ?? ""
                services[service].members[member].addresses = addresses[pod] ?? []
            }
        }
    }
}

extension Environment {
    /// A member's address on a further network: the one with the same host part as on the environment's own.
    package func address(_ address: IPv4Address, on further: FurtherNetwork) -> IPv4Address {
        IPv4Address(bits: further.network.subnet.network.bits + (address.bits - network.subnet.network.bits))
    }

    /// The further networks that a recipe asks for.
    package func furtherNetworks(of recipe: ServiceRecipe) -> [FurtherNetwork] {
        furtherNetworks.filter { recipe.networks.contains($0.name) }
    }
}
