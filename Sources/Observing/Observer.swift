import DockerEngine
import Model

/// Observes everything that an engine has for an environment, in one pass.
public struct Observer: Sendable {
    let engine: Engine
    let host: String
    let known: Set<String>

    /// - Parameter known: the ids of the recorded containers, which Minke has created.
    public init(engine: Engine, host: String, known: Set<String>) {
        self.engine = engine
        self.host = host
        self.known = known
    }

    /// Asks for containers, images, volumes and networks at the same time.
    public func observe(environment: String, network: String) async throws -> Observation {
        var filters = EngineListFilters()
        filters.images = Self.images
        return observation(try await engine.lists(filters), environment: environment, network: network)
    }

    /// Observes the environment's own objects without images, by an API version that was agreed on earlier; nil where
    /// the engine does not answer soon or now speaks another version.
    public func observeOwn(environment: String, network: String, version: APIVersion) async -> Observation? {
        var filters = EngineListFilters()
        filters.images = nil
        filters.containers = ["label": ["\(Labels.environment)=\(environment)"]]
        filters.volumes = filters.containers
        filters.networks = ["name": [network]]
        return await engine.lists(filters, version: version)
            .map { observation($0, environment: environment, network: network) }
    }

    private static let images: Filters = ["label": [Labels.identity]]

    private func observation(_ lists: EngineLists, environment: String, network: String) -> Observation {
        var observation = Observation(here: host)
        let ownership = ContainerOwnership(environment: environment, known: known)
        for container in lists.containers {
            guard ownership.isOwn(container) else {
                observation.own.addForeign(container)
                continue
            }
            observation.containers.append(ObservedContainer(container, network: network, host: host))
        }
        observation.containers.sort { $0.name < $1.name }
        for other in lists.networks { observation.own.add(other, wanted: network, environment: environment) }
        for image in lists.images {
            let observed = ObservedImage(
                id: image.id, identity: image.labels[Labels.identity] ?? "",
                recipe: image.labels[Labels.recipe] ?? "")
            for tag in image.tags where isImageName(tag, ofRecipe: observed.recipe) {
                observation.own.images[tag] = observed
            }
        }
        var own: [String: ObservedVolume] = [:]
        for volume in lists.volumes {
            if let owner = EnvironmentOwner(labels: volume.labels, environment: environment) {
                observation.own.owner = owner
                continue
            }
            if volume.labels[Labels.environment] == environment {
                own[volume.name] = ObservedVolume(name: volume.name, created: volume.created, labels: volume.labels)
            } else {
                observation.own.foreignVolumes.insert(volume.name)
            }
        }
        observation.own.volumes = own
        return observation
    }
}

extension Observation {
    /// Adds the observations of other hosts.
    public mutating func add(_ others: [Observation]) {
        for other in others {
            hosts += other.hosts
            containers += other.containers
        }
        containers.sort { ($0.name, $0.host) < ($1.name, $1.host) }
    }
}

extension HostObservation {
    mutating func add(_ other: Network, wanted name: String, environment: String) {
        let isOurs = other.labels[Labels.environment] == environment
        if other.name == name || isOurs {
            let observed = ObservedNetwork(
                id: other.id, subnet: other.subnets.first?.subnet ?? "", gateway: other.subnets.first?.gateway ?? "",
                isOurs: isOurs, range: other.subnets.first?.range,
                mtu: other.options["com.docker.network.driver.mtu"].flatMap { Int($0) })
            if other.name == name { network = observed } else { furtherNetworks[other.name] = observed }
            return
        }
        for subnet in other.subnets.compactMap({ IPv4Network(text: $0.subnet) }) {
            foreignSubnets.append(ForeignSubnet(network: other.name, subnet: subnet))
        }
    }

    mutating func addForeign(_ container: ContainerSummary) {
        foreignNames.formUnion(container.names)
        guard container.state == .running else { return }
        for port in container.ports {
            guard let hostPort = port.hostPort else { continue }
            foreignPorts.append(
                ForeignPort(
                    address: port.hostAddress ?? "", port: hostPort, transport: port.network,
                    container: container.name))
        }
    }
}

extension ObservedContainer {
    init(_ container: ContainerSummary, network: String, host: String) {
        self.init(id: container.id, name: container.name, host: host)
        let labels = container.labels
        role = labels[Labels.role].flatMap(Role.init(rawValue:)) ?? .tool
        region = labels[Labels.region] ?? ""
        service = labels[Labels.service] ?? ""
        member = labels[Labels.member] ?? ""
        worksFor = labels[Labels.worksFor]
        sidecarOf = labels[Labels.sidecarOf]
        recipe = labels[Labels.recipe] ?? ""
        digest = labels[Labels.specification] ?? ""
        slot = labels[Labels.slot].flatMap(Slot.init(rawValue:)) ?? .a
        state = State(rawValue: container.state.rawValue) ?? .dead
        switch container.health {
        case .none: health = nil
        default: health = container.health.rawValue
        }
        image = container.image
        imageID = container.imageID
        release = labels[Labels.release] ?? ""
        if let attachment = container.networks[network] {
            isOnNetwork = true
            address = IPv4Address(text: attachment.address)
        }
        networks = Set(container.networks.keys)
        let mode = container.networkMode
        if mode.hasPrefix(Self.joined) { pod = String(mode.dropFirst(Self.joined.count)) }
        volumes = container.mounts.compactMap(\.name)
        created = container.created
        status = container.status
    }

    /// The beginning of the network mode of a container that joins another one's network namespace.
    private static let joined = "container:"
}
