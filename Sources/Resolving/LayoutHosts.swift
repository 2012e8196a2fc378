import Cryptography
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
                region: declaration.region ?? environment.regions.first ?? "RegionOne", macAddress: nil, addresses: [],
                pod: nil, settings: ValueMap())
        }
    }

    /// Checks that members on other hosts have a service that links the networks, and notes data which hosts do not
    /// share.
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
                        + "its own: \(volume.contents ?? "what is in it") of one host cannot be had from the others")
            }
        }
    }
}

extension Environment {
    /// The networks that the hosts share, with the facts that are needed to link them.
    var links: [HostLink] {
        guard spansHosts else { return [] }
        return namedNetworks.map { name, network in
            HostLink(
                network: name, mtu: network.mtu ?? 1450,
                ends: reachableHosts.map { host in
                    HostLink.End(
                        host: host.name, address: host.address,
                        gateway: network.gateway(ofHost: index(ofHost: host.name) ?? 0, in: self))
                })
        }
    }
}

/// A network that several hosts share: a VXLAN (RFC 7348) between their bridges.
struct HostLink {
    struct End {
        var host: String
        /// The address at which other hosts reach it.
        var address: IPv4Address?
        /// The host's own address on the network, by which its bridge is found.
        var gateway: IPv4Address
    }

    var network: String
    var mtu: Int
    var ends: [End]

    /// The values that templates see. The identifier, 24 bits, and the device's name, at most 15 characters, come from
    /// the network's name: they are the same on all hosts.
    var value: Value {
        let digest = SHA256.hex(of: network)
        return [
            "network": .string(network), "mtu": .int(mtu), "device": .string("mk\(digest.prefix(10))"),
            "id": .int(max(1, Int(digest.suffix(6), radix: 16) ?? 1)),
            "ends": .list(
                ends.map { end in
                    [
                        "host": .string(end.host), "address": .string(end.address?.description ?? ""),
                        "gateway": .string(end.gateway.description),
                    ]
                }),
        ]
    }
}
