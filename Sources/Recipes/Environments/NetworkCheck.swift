import Documents
import Model

/// A check of an environment's networks and of members' addresses.
struct NetworkCheck {
    let environment: Environment
    let node: YAMLNode
    let problems: ProblemList

    private var subnet: IPv4Network { environment.network.subnet }
    private var gateway: IPv4Address { environment.network.gateway ?? subnet.firstHost }

    func run() {
        checkNetwork()
        checkFurtherNetworks()
        var addresses: [IPv4Address: String] = [:]
        var macs: [String: String] = [:]
        for declaration in environment.services {
            for member in declaration.members {
                let fields = node.member(member.name, of: declaration.name)
                let place = (fields?["address"] ?? fields?["ipaddress"])?.place ?? member.place
                if let address = member.address {
                    check(address, of: member, at: place)
                    if let other = addresses.updateValue(member.name, forKey: address) {
                        problems.add(
                            at: place, "members \(other) and \(member.name) both have the address \(address)")
                    }
                }
                checkPrefix(fields?["ipaddress"])
                if let own = member.gateway, !isHost(own) {
                    problems.add(
                        at: fields?["gateway"]?.place,
                        "gateway \(own) of \(member.name) is no host's address in \(subnet)")
                }
                if let mac = member.macAddress, let other = macs.updateValue(member.name, forKey: mac) {
                    problems.add(
                        at: fields?["macAddress"]?.place,
                        "members \(other) and \(member.name) both have the MAC address \(mac)")
                }
            }
        }
    }

    /// Checks that a network is of a kind in which hosts have addresses; the shortest prefix is that of 10.0.0.0/8, the
    /// largest private network.
    private func checkPurpose(of network: IPv4Network, at place: Place?) -> Bool {
        if network.prefix < 8 {
            problems.add(at: place, "network \(network) is too large, expected a prefix of 8 or more")
            return false
        }
        guard let reserved = ReservedNetwork.first(in: network) else { return true }
        problems.add(
            at: place, "\(network) \(reserved.purpose), expected a network whose addresses hosts can have",
            remedy: "take one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 198.18.0.0/15")
        return false
    }

    private func checkNetwork() {
        let place = node["network"]?["subnet"]?.place ?? environment.network.place
        if !checkPurpose(of: subnet, at: place) { return }
        if subnet.prefix > 28 {
            problems.add(
                at: node["network"]?["subnet"]?.place ?? environment.network.place,
                "network \(subnet) is too small, expected a prefix of 28 or less")
        } else if subnet.address != subnet.network {
            problems.add(
                at: node["network"]?["subnet"]?.place,
                "\(subnet) is an address in a network, expected the network \(subnet.network)/\(subnet.prefix)")
        }
        if let place = node["network"]?["gateway"]?.place, !isHost(gateway) {
            problems.add(at: place, "gateway \(gateway) is no host's address in \(subnet)")
        }
    }

    /// Checks that further networks have room for every host part and overlap no other network.
    private func checkFurtherNetworks() {
        var others = [(name: "network", subnet: subnet)]
        for further in environment.furtherNetworks {
            let own = further.network.subnet
            let place = further.network.place
            if !checkPurpose(of: own, at: place) { continue }
            if own.address != own.network {
                problems.add(
                    at: place,
                    "\(own) is an address in a network, expected the network \(own.network)/\(own.prefix)")
            } else if own.prefix > subnet.prefix {
                problems.add(
                    at: place, "network \(further.name), \(own), is smaller than the environment's own, \(subnet)",
                    remedy: "give it a prefix of \(subnet.prefix) or less")
            }
            if let gateway = further.network.gateway, !own.contains(gateway) {
                problems.add(at: place, "gateway \(gateway) of network \(further.name) is not in \(own)")
            }
            if let other = others.first(where: { $0.subnet.overlaps(own) }) {
                problems.add(
                    at: place, "network \(further.name), \(own), overlaps \(other.name), \(other.subnet)",
                    remedy: "give it a subnet of its own")
            }
            others.append((further.name, own))
        }
    }

    private func checkPrefix(_ node: YAMLNode?) {
        guard let node, let cidr = node.scalar.flatMap({ IPv4Network(text: $0.text) }), cidr.prefix != subnet.prefix,
            subnet.contains(cidr.address)
        else { return }
        problems.add(
            at: node.place, "\(cidr) has another prefix than the environment's network \(subnet)",
            remedy: "write \(cidr.address)/\(subnet.prefix)")
    }

    private func check(_ address: IPv4Address, of member: MemberDeclaration, at place: Place) {
        if !subnet.contains(address) {
            problems.add(at: place, "address \(address) of \(member.name) is not in the network \(subnet)")
        } else if !isHost(address) {
            problems.add(
                at: place, "address \(address) of \(member.name) is the network's own or its broadcast address")
        } else if address == gateway || address == member.gateway {
            problems.add(at: place, "address \(address) of \(member.name) is the gateway's")
        }
    }

    private func isHost(_ address: IPv4Address) -> Bool {
        subnet.contains(address) && address >= subnet.firstHost && address <= subnet.lastHost
    }
}
