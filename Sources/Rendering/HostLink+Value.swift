import Cryptography
import Layouts
import Model

extension HostLink {
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
