import Applying
import Layouts
import Model
import Planning
import Recipes
import System

/// A check of an environment's addresses against this host's.
package struct HostCheck {
    package let environment: Environment
    package let addresses: [InterfaceAddress]
    /// Whether an address is the host's.
    package let isOwn: (IPv4Address) -> Bool

    /// The problem where the address on which the environment publishes its ports is not this host's.
    package func checkPublicAddress() -> [Problem] {
        let address = environment.access.address
        if isOwn(address) { return [] }
        let own = addresses.map(\.address.description)
        return [
            Problem(
                at: environment.access.place, "public.address is \(address), which this host does not have",
                remedy: "it has \(own.joined(separator: ", ")); 0.0.0.0 means all of them")
        ]
    }

    /// The problem where this program and the engine's containers do not reach each other: an engine of this host has
    /// each network's gateway on a bridge of this host, unless it runs in a network namespace or a machine of its own.
    package func checkReach(gateway: String) -> [Problem] {
        if addresses.contains(where: { $0.address.description == gateway }) { return [] }
        return [OutOfReach(gateway: gateway).problem]
    }

    /// The problems where the environment's network, which is to be made, would hide one that the host is on.
    ///
    /// The engine's own networks, which `known` has, are reported elsewhere.
    package func checkNetwork(known: [ForeignSubnet]) -> [Problem] {
        let asked = environment.network.subnet
        let subnet = IPv4Network(address: asked.network, prefix: asked.prefix)
        return addresses.compactMap { own in
            let network = IPv4Network(address: own.network.network, prefix: own.network.prefix)
            guard network.overlaps(subnet), !known.contains(where: { $0.subnet.overlaps(network) }) else { return nil }
            return Problem(
                at: environment.network.place,
                "the network is to have \(subnet), and this host is on \(network) with its interface \(own.interface)",
                remedy: "set another `network: subnet:`")
        }
    }
}

extension Environment {
    /// The places of the networks' keys in the file, by the networks' names on the engine; for a subnet that is not
    /// given, the network's place, else the file's beginning.
    package var networkPlaces: NetworkPlaces {
        let start = Place(file: file, line: 1, column: 1)
        return Dictionary(
            namedNetworks.map { name, network in
                (name, network.keyPlaces.merging(["subnet": network.place ?? start]) { key, _ in key })
            }, uniquingKeysWith: { _, last in last })
    }
}

extension Survey {
    package func checkHost() throws -> [Problem] {
        // Another host's addresses are not known.
        guard session.engine.address.isLocal else { return [] }
        let check = HostCheck(
            environment: session.environment, addresses: try interfaceAddresses(),
            isOwn: isOwnAddress)
        let isPublishing = desired.members.contains {
            $0.identity.host == Environment.here && !$0.specification.ports.isEmpty
        }
        let reach = observed.own.network.map { check.checkReach(gateway: $0.gateway) } ?? []
        return reach + (isPublishing ? check.checkPublicAddress() : [])
            + (observed.own.network == nil ? check.checkNetwork(known: observed.own.foreignSubnets) : [])
    }
}
