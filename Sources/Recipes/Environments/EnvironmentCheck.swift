import Documents
import Model

/// A check of an environment's own consistency.
struct EnvironmentCheck {
    let environment: Environment
    let node: YAMLNode
    let problems: ProblemList

    func run() {
        checkRegions()
        checkHosts()
        checkEngines()
        checkReplicas()
        checkNames()
        NetworkCheck(environment: environment, node: node, problems: problems).run()
        checkRegistered()
    }

    private func service(_ declaration: ServiceDeclaration) -> YAMLNode? { node["services"]?[declaration.name] }

    private func checkRegions() {
        if let regions = node["regions"], environment.regions.isEmpty {
            problems.add(at: regions.place, "regions is empty, expected one name at least")
        }
        var seen: Set<String> = []
        for (index, region) in environment.regions.enumerated() where !seen.insert(region).inserted {
            problems.add(at: node["regions"]?.items?[index].place, "region \(region) is given twice")
        }
        for declaration in environment.services {
            guard let region = declaration.region, !environment.regions.contains(region) else { continue }
            problems.add(
                at: service(declaration)?["region"]?.place, "unknown region \(region)",
                remedy: Remedy.nearest(to: region, among: environment.regions, what: "region"))
        }
    }

    private func checkHosts() {
        let known = environment.hosts.map(\.name)
        func expect(_ host: String?, at place: Place?) {
            guard let host, !known.contains(host) else { return }
            let near = Remedy.meant(by: host, among: known)
            problems.add(at: place, "unknown host \(host)", remedy: near ?? "there is \(known.joined(separator: ", "))")
        }
        for declaration in environment.services {
            expect(declaration.host, at: service(declaration)?["host"]?.place)
            for member in declaration.members {
                expect(member.host, at: node.member(member.name, of: declaration.name)?["host"]?.place)
            }
        }
    }

    /// Checks the hosts' engines and, where there are several, the addresses and subnets that linking them needs.
    private func checkEngines() {
        for host in environment.hosts {
            let fields = node["hosts"]?[host.name]
            if fields?["engine"] != nil, host.name == Environment.here {
                problems.add(
                    at: fields?["engine"]?.place, "\(Environment.here) is the host whose engine DOCKER_HOST names",
                    remedy: "leave `engine` out, or give the other host a name of its own")
            } else if fields?["engine"] != nil, fields?["tls"] == nil {
                problems.add(
                    at: fields?["engine"]?.place,
                    "the engine of \(host.name) has no `tls`, and anyone who reaches it has root on that host",
                    remedy: "add `tls: {ca: FILE, certificate: FILE, key: FILE}`")
            } else if fields?["tls"] != nil, fields?["engine"] == nil {
                problems.add(
                    at: fields?["tls"]?.place, "\(host.name) has `tls` and no engine",
                    remedy: "add `engine: tcp://HOST:PORT`")
            }
        }
        guard environment.spansHosts else { return }
        if !environment.hosts.contains(where: { $0.name == Environment.here }) {
            problems.add(
                at: node["hosts"]?.place,
                "hosts lacks \(Environment.here), this host, which others share networks with",
                remedy: "add `\(Environment.here): {address: A.B.C.D}`, the address at which they reach it")
        }
        var addresses: [IPv4Address: String] = [:]
        for host in environment.reachableHosts {
            guard let address = host.address else {
                problems.add(
                    at: host.place, "host \(host.name) has no address at which the other hosts reach it",
                    remedy: "add `address: A.B.C.D`")
                continue
            }
            if let other = addresses.updateValue(host.name, forKey: address) {
                problems.add(
                    at: node["hosts"]?[host.name]?["address"]?.place,
                    "hosts \(other) and \(host.name) both have the address \(address)")
            }
        }
        let networks = [("network", environment.network)] + environment.furtherNetworks.map { ($0.name, $0.network) }
        for (name, network) in networks where network.range(ofHost: 0, in: environment).prefix > 30 {
            problems.add(
                at: network.place ?? node["hosts"]?.place,
                "\(name == "network" ? name : "network \(name)") \(network.subnet) is too small for "
                    + "\(environment.reachableHosts.count) hosts", remedy: "use a shorter prefix")
        }
    }

    private func checkReplicas() {
        for declaration in environment.services {
            let count = declaration.members.count
            guard let replicas = declaration.replicas, count > 0, replicas != count else { continue }
            problems.add(
                at: service(declaration)?["replicas"]?.place,
                "\(declaration.name) names \(count == 1 ? "1 member" : "\(count) members"), "
                    + "and has replicas: \(replicas)",
                remedy: "leave `replicas` out, or name as many")
        }
    }

    private func checkNames() {
        var seen: [String: (service: String, place: Place)] = [:]
        for declaration in environment.services {
            for member in declaration.members {
                if let first = seen[member.name] {
                    problems.add(
                        at: member.place,
                        "member \(member.name) is already one of \(first.service), in line \(first.place.line)",
                        remedy: "give one of the two another name")
                } else {
                    seen[member.name] = (declaration.name, member.place)
                }
            }
        }
    }

    private func checkRegistered() {
        for (service, members, place) in environment.registered {
            guard let declaration = environment.services.first(where: { $0.name == service }) else {
                let known = environment.services.map(\.name)
                problems.add(
                    at: place, "registered_services has \(service), which is not under `services:`",
                    remedy: Remedy.meant(by: service, among: known))
                continue
            }
            let known = declaration.members.map(\.name)
            for (index, name) in members.enumerated() where !known.isEmpty && !known.contains(name) {
                problems.add(
                    at: node["registered_services"]?[service]?.items?[index].place ?? place,
                    "registered_services has \(name), which is no member of \(service)",
                    remedy: Remedy.nearest(to: name, among: known, what: "member"))
            }
        }
    }
}

extension YAMLNode {
    /// The node of a member, in Minke's form or Dockstack's.
    func member(_ name: String, of service: String) -> YAMLNode? {
        let service = self["services"]?[service]
        return (service?["members"] ?? service)?[name]
    }
}
