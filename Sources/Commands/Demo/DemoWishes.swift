import Model
import OpenStack

/// The objects that the demo is to make.
struct DemoWishes: Sendable {
    /// The network that floating addresses come from.
    struct External: Sendable, Hashable {
        /// The name by which the network's agents know the cable.
        var physicalNetwork = "physnet1"
        /// The subnet; nil where neither the environment nor the user names one.
        var subnet: IPv4Network?
        var gateway: IPv4Address?
        /// The first and the last address that the cloud may give away.
        var pool: ClosedRange<IPv4Address>?

        /// The given pool, else the part of the subnet in which no member has its address.
        func pool(of subnet: IPv4Network) -> ClosedRange<IPv4Address> {
            if let pool { return pool }
            let part = subnet.shortLived
            return IPv4Address(bits: part.network.bits)...IPv4Address(bits: part.broadcast.bits - 1)
        }
    }

    var image: DemoImage
    var external = External()
    /// The tenant's own subnet.
    var subnet = IPv4Network(address: IPv4Address(198, 19, 0, 0), prefix: 24)
    /// The instance's memory in MiB.
    var memory = 256
    /// The key as authorized_keys has it, without a comment.
    var publicKey: String
    /// The user whom the guest lets in.
    var user = "root"

    /// The name of nearly everything that the demo makes.
    static let name = "minke-demo"
    static let externalName = "external"
}
