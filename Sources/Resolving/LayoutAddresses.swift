import Model
import Recipes

extension LayoutBuilder {
    /// Gives every member the address that it has in the file, else the one that it had, else the lowest free one.
    ///
    /// The upper quarter of the subnet is left to short-lived containers, which the engine addresses by itself.
    mutating func giveAddresses(kept: [String: [IPv4Address]]) {
        let network = environment.network
        let gateway = network.gateway ?? network.subnet.firstHost
        var taken: Set<IPv4Address> = [gateway]
        for service in services {
            for member in service.members { taken.formUnion(member.addresses) }
        }
        for service in services.indices {
            let slots = services[service].recipe.replacement == .startFirst ? 2 : 1
            for member in services[service].members.indices {
                let name = services[service].members[member].name
                var addresses = services[service].members[member].addresses
                if slots == 2, !addresses.isEmpty { addresses = [addresses[0]] }
                for address in kept[name] ?? [] where addresses.count < slots {
                    if network.subnet.contains(address), taken.insert(address).inserted { addresses.append(address) }
                }
                services[service].members[member].addresses = addresses
            }
        }
        var next = network.subnet.firstHost.bits
        let last = network.subnet.lastMemberAddress.bits
        for service in services.indices {
            let slots = services[service].recipe.replacement == .startFirst ? 2 : 1
            for member in services[service].members.indices {
                while services[service].members[member].addresses.count < slots {
                    while next <= last, taken.contains(IPv4Address(bits: next)) { next += 1 }
                    guard next <= last else {
                        problems.append(
                            Problem(
                                at: network.place, "network \(network.subnet) has too few addresses for all members",
                                remedy: "use a shorter prefix"))
                        return
                    }
                    services[service].members[member].addresses.append(IPv4Address(bits: next))
                    next += 1
                }
                if slots == 1, let address = services[service].members[member].addresses.first {
                    services[service].members[member].addresses = [address, address]
                }
            }
        }
    }
}
