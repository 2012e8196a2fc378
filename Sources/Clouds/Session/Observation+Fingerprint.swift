import Cryptography
import Model

extension Observation {
    /// A digest of the facts that a plan without steps rests on: the environment's own containers, volumes and
    /// networks. Images count as the containers name them.
    ///
    /// Containers, volumes and networks of others matter only to steps. The engine's health check counts where it has
    /// failed.
    package var fingerprint: String {
        var hash = SHA256()
        func add(_ text: String) {
            hash.update(text)
            hash.update("\0")
        }
        add(here)
        for container in containers {
            for text in [
                "container", container.id, container.name, container.role.rawValue, container.region,
                container.service, container.member, container.digest, container.slot.rawValue,
                container.state.rawValue, container.health == "unhealthy" ? "unhealthy" : "", container.image,
                container.imageID,
                container.isOnNetwork ? container.address?.description ?? "none" : "",
                container.networks.sorted().joined(separator: " "), container.pod ?? "",
            ] {
                add(text)
            }
            for volume in container.volumes.sorted() { add(volume) }
        }
        for volume in (own.volumes ?? [:]).values.sorted(by: { $0.name < $1.name }) {
            for text in ["volume", volume.name, volume.created] { add(text) }
        }
        for network in [own.network].compactMap({ $0 })
            + own.furtherNetworks.sorted(by: { $0.key < $1.key }).map(\.value)
        {
            for text in ["network", network.id, network.subnet, network.gateway, network.isOurs ? "own" : "foreign"]
                + [network.mtu.map(String.init) ?? ""]
            {
                add(text)
            }
        }
        return hash.hex()
    }
}
