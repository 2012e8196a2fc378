import Cryptography
import Layouts
import Model
import Recipes

extension HostLink {
    /// The values that templates see. The VXLAN's identifier, 24 bits, and the device's name, at most 15 characters,
    /// are derived from the network's name, so that they are the same on all hosts.
    var value: Value {
        let digest = SHA256.hex(of: network)
        return .record { (field: TemplateScope.Link) in
            switch field {
            case .network: .string(network)
            case .mtu: .int(mtu)
            case .device: .string("mk\(digest.prefix(10))")
            case .identifier: .int(max(1, Int(digest.suffix(6), radix: 16) ?? 1))
            case .ends: .list(ends.map(\.value))
            }
        }
    }
}

extension HostLink.End {
    fileprivate var value: Value {
        .record { (field: TemplateScope.LinkEnd) in
            switch field {
            case .host: .string(host)
            case .address: .string(address?.description ?? "")
            case .gateway: .string(gateway.description)
            }
        }
    }
}
