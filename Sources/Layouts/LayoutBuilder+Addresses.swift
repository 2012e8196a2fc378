import Model
import Recipes

extension LayoutBuilder {
    /// Gives every member an address: the one in the file, else that of its running container, else the one that it
    /// had, else the lowest free one. The address of another member's container is not free until that container is
    /// removed.
    ///
    /// The upper quarter of the subnet is left to short-lived containers, which the engine addresses by itself.
    mutating func giveAddresses(kept: [String: [IPv4Address]], containers: [ObservedContainer]) {
        let containers = containers.filter { $0.role == .member }
        let held = heldAddresses(kept: kept, containers: containers)
        checkDeclaredAddresses(containers)
        let network = environment.network
        var taken: Set<IPv4Address> = [network.gateway ?? network.subnet.firstHost]
        var given: [[[IPv4Address?]]] = services.map { service in
            service.members.map { [$0.addresses.first, nil] }
        }
        for member in given.joined() { taken.formUnion(member.compactMap { $0 }) }
        /// Gives members the addresses that `wanted` names, as far as they are free.
        func give(_ wanted: (_ member: String, _ slot: Int) -> IPv4Address?) {
            for service in services.indices {
                for member in services[service].members.indices {
                    let name = services[service].members[member].name
                    for slot in 0..<slots(of: services[service]) where given[service][member][slot] == nil {
                        guard let address = wanted(name, slot), network.subnet.contains(address),
                            held[address] == nil || held[address] == name, taken.insert(address).inserted
                        else { continue }
                        given[service][member][slot] = address
                    }
                }
            }
        }
        let twofold = Set(services.filter { slots(of: $0) == 2 }.flatMap { $0.members.map(\.name) })
        let own = Dictionary(grouping: containers, by: \.member)
        give { name, slot in
            own[name]?.first { container in
                container.address != nil && (!twofold.contains(name) || Slot.allCases[slot] == container.slot)
            }?.address
        }
        give { name, slot in kept[name].flatMap { slot < $0.count ? $0[slot] : nil } }
        taken.formUnion(held.keys)
        // Wider than an address, so that counting beyond the last one does not overflow.
        var next = UInt64(network.subnet.firstHost.bits)
        let last = UInt64(network.subnet.lastMemberAddress.bits)
        for service in services.indices {
            for member in services[service].members.indices {
                for slot in 0..<slots(of: services[service]) where given[service][member][slot] == nil {
                    while next <= last, taken.contains(IPv4Address(bits: UInt32(next))) { next += 1 }
                    guard next <= last else {
                        problems.append(
                            Problem(
                                at: network.place, "network \(network.subnet) has too few addresses for all members",
                                remedy: "use a shorter prefix"))
                        return
                    }
                    given[service][member][slot] = IPv4Address(bits: UInt32(next))
                    next += 1
                }
                let addresses = given[service][member].compactMap { $0 }
                services[service].members[member].addresses = addresses.count == 1 ? addresses + addresses : addresses
            }
        }
    }

    private func slots(of service: LaidOutService) -> Int {
        if !service.recipe.pods.isEmpty || service.recipe.linksHosts { return 0 }
        return service.recipe.replacement == .startFirst ? 2 : 1
    }

    /// The addresses that other members cannot get: those of running containers, and the kept ones of members with
    /// containers, since a stopped container starts under its old address.
    private func heldAddresses(
        kept: [String: [IPv4Address]], containers: [ObservedContainer]
    ) -> [IPv4Address: String] {
        var held: [IPv4Address: String] = [:]
        for container in containers {
            if let address = container.address { held[address] = container.member }
        }
        for name in Set(containers.map(\.member)).sorted() {
            for address in kept[name] ?? [] where held[address] == nil {
                held[address] = name
            }
        }
        return held
    }

    /// Checks that no member has an address in the file under which another member's container runs.
    private mutating func checkDeclaredAddresses(_ containers: [ObservedContainer]) {
        let present = Set(services.flatMap { $0.members.map(\.name) })
        for service in services {
            for member in service.members {
                guard let address = member.addresses.first,
                    let other = containers.first(where: { $0.address == address && $0.member != member.name }),
                    // The front starts after removed members are gone.
                    !service.recipe.isFront || present.contains(other.member)
                else { continue }
                problems.append(
                    Problem(
                        at: service.declaration.members.first { $0.name == member.name }?.place,
                        "the address \(address) of \(member.name) is in use by the container of \(other.member)",
                        remedy: "give \(member.name) another, or stop \(other.member) first"))
            }
        }
    }
}
