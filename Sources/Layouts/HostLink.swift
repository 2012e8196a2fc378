import Model
import Recipes

/// A network that several hosts share: a VXLAN (RFC 7348) between their bridges.
package struct HostLink: Sendable {
    /// A host's end of the link.
    package struct End: Sendable {
        package var host: String
        /// The address at which other hosts reach it.
        package var address: IPv4Address?
        /// The host's own address on the network, by which its bridge is found.
        package var gateway: IPv4Address
    }

    package var network: String
    package var mtu: Int
    package var ends: [End]
}

extension Environment {
    /// The networks that the hosts share, with the facts that are needed to link them.
    package var links: [HostLink] {
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
