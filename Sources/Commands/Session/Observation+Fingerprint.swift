import Cryptography
import Model

extension Observation {
    /// A digest of all that a plan rests on, as long as it has no step: what is the environment's own, and images.
    ///
    /// What others have is in the way only of steps. The engine's health check counts where it has failed.
    var fingerprint: String {
        var hash = SHA256()
        func add(_ text: String) {
            hash.update(text)
            hash.update("\0")
        }
        add(host)
        for container in containers {
            for text in [
                "container", container.id, container.name, container.role.rawValue, container.region,
                container.service, container.member, container.digest, container.slot.rawValue,
                container.state.rawValue, container.health == "unhealthy" ? "unhealthy" : "", container.imageID,
                container.isOnNetwork ? container.address?.description ?? "none" : "",
            ] {
                add(text)
            }
            for volume in container.volumes.sorted() { add(volume) }
        }
        for (tag, image) in images.sorted(by: { $0.key < $1.key }) {
            for text in ["image", tag, image.id, image.identity, image.recipe] { add(text) }
        }
        for volume in (volumes ?? [:]).values.sorted(by: { $0.name < $1.name }) {
            for text in ["volume", volume.name, volume.created] { add(text) }
        }
        if let network {
            for text in ["network", network.id, network.subnet, network.gateway, network.isOurs ? "own" : "foreign"] {
                add(text)
            }
        }
        return hash.hex()
    }
}
