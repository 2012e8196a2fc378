import Model
import OpenStack

/// The port and the addresses by which the instance is reached.
struct DemoConnection: Sendable {
    var port: String
    var fixedAddress: String
    var floatingIP: String
    var floatingAddress: String
}

extension DemoBuild {
    /// Makes security group, networks, router, port and floating address; this host then reaches the floating address.
    func connect() async throws -> DemoConnection {
        async let group = securityGroup()
        async let external = externalNetwork()
        async let tenant = tenantNetwork()
        let (externalID, network) = try await (external, tenant)
        async let router: Void = router(external: externalID, subnet: network.subnet)
        let port = try await port(network: network.id, group: try await group)
        // A floating address needs the way from the port's subnet to the external network.
        try await router
        let floating = try await floatingIP(external: externalID, port: port.id)
        return DemoConnection(
            port: port.id,
            fixedAddress: port.fields["fixed_ips"]?.list?.first?["ip_address"]?.string ?? "",
            floatingIP: floating.id, floatingAddress: floating.fields["floating_ip_address"]?.string ?? "")
    }

    /// Finds the object of that name that the demo made, or makes one with the name, the mark and these fields.
    private func ensure(
        _ kind: DemoObject.Kind, name: String, where wanted: [(name: String, value: String)] = [],
        _ fields: Value = [:]
    ) async throws -> (Neutron.Object, note: String?) {
        guard let path = kind.neutron else { throw DemoFailure("Neutron keeps no \(kind.words)") }
        for object in try await cloud.neutron.list(path, where: [("name", name)] + wanted)
        where try await cloud.isOurs(object, kind) {
            return (object, Self.found)
        }
        var all = ValueMap([("name", .string(name)), ("description", .string(cloud.mark))])
        for (key, value) in fields.map ?? ValueMap() { all[key] = value }
        guard let object = try await cloud.neutron.create(path, .map(all)) else {
            throw DemoFailure("Neutron did not say which \(kind.words) it made")
        }
        try await cloud.memory.remember(DemoObject(kind: kind, id: object.id, name: name))
        return (object, Self.made)
    }

    private func securityGroup() async throws -> String {
        let name = DemoWishes.name
        return try await steps.run("security group \(name)") { _ in
            let (group, note) = try await ensure(.securityGroup, name: name)
            let present = group.fields["security_group_rules"]?.list ?? []
            let missing = Self.rules.filter { rule in
                !present.contains { known in rule.allSatisfy { Self.isSame($0.key, known[$0.key], $0.value) } }
            }
            if !missing.isEmpty {
                try await cloud.neutron.addRules(
                    missing.map { rule in
                        var rule = rule
                        rule["security_group_id"] = .string(group.id)
                        return .map(rule)
                    })
            }
            return (group.id, missing.isEmpty ? note : Self.made)
        }
    }

    /// Whether a field of a rule is as wanted; Neutron leaves it out where all ports or all addresses are meant.
    private static func isSame(_ key: String, _ known: Value?, _ wanted: Value) -> Bool {
        let canBeLeftOut = ["remote_ip_prefix", "port_range_min", "port_range_max"].contains(key)
        return known == wanted || (canBeLeftOut && (known ?? .null) == .null)
    }

    /// Rules that let in everything from everywhere: the instance is there to be tried.
    private static let rules: [ValueMap] = {
        let common: [(String, Value)] = [
            ("direction", "ingress"), ("ethertype", "IPv4"), ("remote_ip_prefix", "0.0.0.0/0"),
        ]
        let ports: [(String, Value)] = [("port_range_min", 1), ("port_range_max", 65535)]
        return [
            ValueMap(common + [("protocol", "tcp")] + ports), ValueMap(common + [("protocol", "udp")] + ports),
            ValueMap(common + [("protocol", "icmp")]),
        ]
    }()

    /// Finds or makes the external network; a physical network can have only one, so somebody else's is used as it is.
    private func externalNetwork() async throws -> String {
        let wanted = wishes.external
        let cable = wanted.physicalNetwork
        return try await steps.run("network \(DemoWishes.externalName)") { _ in
            let there = try await cloud.neutron.list(.network, where: [("provider:physical_network", cable)])
            if let other = there.first, try await !cloud.isOurs(other, .network) {
                guard other.fields["router:external"]?.bool == true else {
                    throw DemoFailure(
                        "network \(other.name) is on \(cable) and not external",
                        remedy: "make it external, remove it, or name another --physical-network")
                }
                return (other.id, "\(other.name), which was there before")
            }
            guard let subnet = wanted.subnet else {
                throw Problems(
                    "the environment has no network external, whose addresses instances could be reached under",
                    remedy: "add it under `networks:`, or give --external-subnet")
            }
            let (network, note) = try await ensure(
                .network, name: DemoWishes.externalName,
                [
                    "router:external": true, "provider:network_type": "flat",
                    "provider:physical_network": .string(cable),
                ])
            let pool = wanted.pool(of: subnet)
            let (_, subnetNote) = try await ensure(
                .subnet, name: DemoWishes.externalName, where: [("network_id", network.id)],
                [
                    "network_id": .string(network.id), "ip_version": 4, "cidr": .string(Self.text(subnet)),
                    "gateway_ip": .string("\(wanted.gateway ?? subnet.firstHost)"), "enable_dhcp": false,
                    "allocation_pools": [
                        ["start": .string("\(pool.lowerBound)"), "end": .string("\(pool.upperBound)")]
                    ],
                ])
            return (network.id, note == Self.found ? subnetNote : note)
        }
    }

    private func tenantNetwork() async throws -> (id: String, subnet: String) {
        let name = DemoWishes.name
        return try await steps.run("network \(name)") { _ in
            let (network, note) = try await ensure(.network, name: name)
            let (subnet, subnetNote) = try await ensure(
                .subnet, name: name, where: [("network_id", network.id)],
                [
                    "network_id": .string(network.id), "ip_version": 4, "cidr": .string(Self.text(wishes.subnet)),
                ])
            return ((network.id, subnet.id), note == Self.found ? subnetNote : note)
        }
    }

    /// The subnet as Neutron wants it, with the host bits cleared.
    private static func text(_ subnet: IPv4Network) -> String { "\(subnet.network)/\(subnet.prefix)" }

    private func router(external: String, subnet: String) async throws {
        let name = DemoWishes.name
        try await steps.run("router \(name)") { _ in
            let (router, note) = try await ensure(
                .router, name: name,
                ["external_gateway_info": ["network_id": .string(external)]])
            let ports = try await cloud.neutron.list(.port, where: [("device_id", router.id)])
            let isJoined = ports.contains { port in
                port.fields["fixed_ips"]?.list?.contains { $0["subnet_id"]?.string == subnet } ?? false
            }
            if !isJoined { try await cloud.neutron.addInterface(subnet: subnet, to: router.id) }
            return ((), isJoined ? note : Self.made)
        }
    }

    private func port(network: String, group: String) async throws -> Neutron.Object {
        let name = DemoWishes.name
        return try await steps.run("port \(name)") { _ in
            try await ensure(
                .port, name: name, where: [("network_id", network)],
                ["network_id": .string(network), "security_groups": [.string(group)]])
        }
    }

    private func floatingIP(external: String, port: String) async throws -> Neutron.Object {
        try await steps.run("floating IP") { (_) -> (Neutron.Object, note: String?) in
            // A floating IP has no name to look for.
            let there = try await cloud.neutron.list(.floatingIP, where: [("floating_network_id", external)])
            for object in there where try await cloud.isOurs(object, .floatingIP) {
                let address = object.fields["floating_ip_address"]?.string ?? ""
                if object.fields["port_id"]?.string == port { return (object, "\(address), \(Self.found)") }
                try await cloud.neutron.update(.floatingIP, object.id, ["port_id": .string(port)])
                return (object, address)
            }
            let made = try await cloud.neutron.create(
                .floatingIP,
                [
                    "floating_network_id": .string(external), "port_id": .string(port),
                    "description": .string(cloud.mark),
                ])
            guard let made else { throw DemoFailure("Neutron did not say which floating IP it made") }
            let address = made.fields["floating_ip_address"]?.string ?? made.id
            try await cloud.memory.remember(DemoObject(kind: .floatingIP, id: made.id, name: address))
            return (made, address)
        }
    }
}
