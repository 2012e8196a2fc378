import Model

/// The obstacles to an environment on a host: names, ports and addresses that others use, and missing images.
public struct Conflicts {
    private let desired: DesiredState
    /// The host that is checked.
    private let observed: HostObservation
    private let members: [DesiredMember]
    private let jobs: [DesiredJob]
    /// The images of this host, which can be copied to the others.
    private let copied: [String: ObservedImage]
    private let places: NetworkPlaces
    private var problems: [Problem] = []

    private init(
        desired: DesiredState, observed: HostObservation, copied: [String: ObservedImage], places: NetworkPlaces
    ) {
        self.desired = desired
        self.observed = observed
        self.copied = copied
        self.places = places
        members = desired.members.filter { $0.identity.host == observed.host }
        jobs = desired.jobs.filter { $0.host == observed.host }
    }

    /// Problems that make applying impossible; found before anything has changed.
    ///
    /// - Parameter places: the places of the networks' keys in the environment's file.
    public static func find(
        desired: DesiredState, observed: Observation, places: NetworkPlaces = [:]
    ) -> [Problem] {
        observed.hosts.flatMap { host in
            var conflicts = Conflicts(desired: desired, observed: host, copied: observed.own.images, places: places)
            conflicts.checkNames()
            conflicts.checkPorts()
            conflicts.checkImages()
            conflicts.checkNetworks()
            return conflicts.problems
        }
    }

    /// Problems of networks whose wanted settings need the network to be created anew.
    public static func findInNetworks(
        desired: DesiredState, observed: Observation, places: NetworkPlaces = [:]
    ) -> [Problem] {
        observed.hosts.flatMap { host in
            var conflicts = Conflicts(desired: desired, observed: host, copied: [:], places: places)
            for wanted in desired.networks[host.host] ?? [] {
                let isOwn = desired.isOwn(network: wanted.name)
                guard let network = host.network(wanted.name, isOwn: isOwn), network.isOurs else { continue }
                conflicts.compare(wanted, with: network)
            }
            return conflicts.problems
        }
    }

    /// Checks the names of containers and of the volumes that they use.
    private mutating func checkNames() {
        var volumes: Set<String> = []
        func needs(_ owner: String, container name: String, _ specification: ContainerSpecification) -> [Problem] {
            var problems: [Problem] = []
            if observed.foreignNames.contains(name) {
                problems.append(
                    Problem(
                        "\(owner) needs the container name \(name), which a container of someone else has",
                        remedy: "rename that container, or this environment"))
            }
            for volume in specification.mounts.map(\.volume) + ["\(name)-files"]
            where observed.foreignVolumes.contains(volume) && volumes.insert(volume).inserted {
                problems.append(
                    Problem(
                        "\(owner) needs the volume name \(volume), which a volume of someone else has",
                        remedy: "remove that volume, or rename this environment"))
            }
            return problems
        }
        for member in members {
            for slot in Slot.allCases {
                let name = slot.containerName(environment: desired.environment, member: member.name)
                problems += needs(member.name, container: name, member.specification)
            }
        }
        for job in jobs {
            let name = job.containerName(environment: desired.environment)
            problems += needs(job.label, container: name, job.specification)
        }
    }

    private mutating func checkPorts() {
        for member in members {
            for port in member.specification.ports {
                guard let other = observed.foreignPorts.first(where: { $0.collides(with: port) }) else { continue }
                problems.append(
                    Problem(
                        "\(member.name) needs port \(port.hostPort) of \(port.address), which container "
                            + "\(other.container) has",
                        remedy: "stop that container, or set another `public: address:`"))
            }
        }
    }

    private mutating func checkImages() {
        var missing: [String: String] = [:]
        for member in members
        where observed.images[member.specification.image] == nil && copied[member.specification.image] == nil {
            missing[member.specification.image] = member.recipe
        }
        for (image, recipe) in missing.sorted(by: { $0.key < $1.key }) {
            problems.append(
                Problem("image \(image) is missing", remedy: "build it with `minke build \(recipe)`"))
        }
    }

    private mutating func checkNetworks() {
        for network in desired.networks[observed.host] ?? [] {
            let isOwn = desired.isOwn(network: network.name)
            check(
                network, observed: observed.network(network.name, isOwn: isOwn),
                key: isOwn ? "network: subnet:" : "networks:")
        }
    }

    private mutating func check(_ wanted: NetworkSpecification, observed network: ObservedNetwork?, key: String) {
        let name = wanted.name
        let subnet = IPv4Network(address: wanted.subnet.network, prefix: wanted.subnet.prefix)
        guard let network else {
            for other in observed.foreignSubnets {
                if other.network == name {
                    problems.append(
                        Problem(
                            "network \(name) exists and is not this environment's",
                            remedy: "rename the environment, or remove that network"))
                } else if other.subnet.overlaps(subnet) {
                    problems.append(
                        Problem(
                            at: places[name]?["subnet"],
                            "network \(name) is to have \(subnet), and network \(other.network) has \(other.subnet)",
                            remedy: "set another `\(key)`, or remove that network"))
                }
            }
            return
        }
        if !network.isOurs {
            problems.append(
                Problem(
                    "network \(name) exists and is not this environment's",
                    remedy: "rename the environment, or remove that network"))
            return
        }
        compare(wanted, with: network)
        if network.subnet == subnet.description, desired.networks.count > 1,
            network.range != wanted.range.description
        {
            problems.append(
                Problem(
                    "network \(name) on \(observed.host) was made for other hosts than the environment has now: it "
                        + "gives \(network.range ?? "any address") to short-lived containers, not \(wanted.range)",
                    remedy: "take the environment down and up again"))
        }
    }

    /// Compares the settings that an engine takes only when it creates a network.
    private mutating func compare(_ wanted: NetworkSpecification, with network: ObservedNetwork) {
        let subnet = IPv4Network(address: wanted.subnet.network, prefix: wanted.subnet.prefix).description
        let values = [
            ("subnet", network.subnet, subnet),
            ("gateway", network.gateway, wanted.gateway.description),
            ("mtu", "\(network.mtu ?? Self.usualMTU)", "\(wanted.mtu ?? Self.usualMTU)"),
        ]
        // A network with another subnet has another gateway too, so that only the first difference is reported.
        guard let (key, has, asked) = values.first(where: { $0.1 != $0.2 }) else { return }
        problems.append(
            Problem(
                at: places[wanted.name]?[key] ?? places[wanted.name]?["subnet"],
                "network \(wanted.name) has \(key) \(has), and \(asked) is asked for",
                remedy: "take the environment down and up again, or keep the old \(key)"))
    }

    /// The MTU, in bytes, of a bridge that was created without one.
    private static let usualMTU = 1500
}

/// The places of networks' keys in the environment's file, by the networks' names on the engine.
public typealias NetworkPlaces = [String: [String: Place]]
