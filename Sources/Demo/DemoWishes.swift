import Model
import Recipes

/// The objects that the demo is to make.
package struct DemoWishes: Sendable {
    /// The network that floating addresses come from.
    package struct External: Sendable, Hashable {
        /// The name by which the network's agents know the cable.
        package var physicalNetwork = "physnet1"
        /// The subnet; nil where neither the environment nor the user names one.
        package var subnet: IPv4Network?
        package var gateway: IPv4Address?
        /// The first and the last address that the cloud may give away.
        package var pool: ClosedRange<IPv4Address>?

        /// The given pool, else the part of the subnet in which no member has its address.
        package func pool(of subnet: IPv4Network) -> ClosedRange<IPv4Address> {
            if let pool { return pool }
            let part = subnet.shortLived
            return IPv4Address(bits: part.network.bits)...IPv4Address(bits: part.broadcast.bits - 1)
        }
    }

    package var image: DemoImage
    package var external = External()
    /// The tenant's own subnet.
    package var subnet = IPv4Network(address: IPv4Address(198, 19, 0, 0), prefix: 24)
    /// The instance's memory in MiB.
    package var memory = 256
    /// The key as authorized_keys has it, without a comment.
    package var publicKey: String
    /// The user whom the guest lets in.
    package var user = "root"

    /// The name of nearly everything that the demo makes.
    package static let name = "minke-demo"
    package static let externalName = "external"

    package init(image: DemoImage, publicKey: String) {
        self.image = image
        self.publicKey = publicKey
    }
}

extension Environment {
    /// The environment's declaration of the network that floating addresses come from.
    package var demoExternal: DemoWishes.External {
        var external = DemoWishes.External()
        if let declared = furtherNetworks.first(where: { $0.name == DemoWishes.externalName })?.network {
            external.subnet = declared.subnet
            external.gateway = declared.gateway
        }
        return external
    }
}
