import DockerEngine
import Model

/// Reads what an engine runs for an environment, in one pass.
public struct Observer: Sendable {
    let engine: Engine
    let host: String

    public init(engine: Engine, host: String) {
        self.engine = engine
        self.host = host
    }

    /// Asks for containers, images, volumes and networks at the same time.
    public func observe(environment: String, network: String) async throws -> Observation {
        // Learned once, for all that follow.
        _ = try await engine.apiVersion()
        async let images = engine.images(filters: ["label": [Labels.identity]])
        async let volumes = engine.volumes()
        async let networks = engine.networks()
        let containers = try await engine.containers()
        var observation = Observation(host: host)
        for container in containers {
            guard container.labels[Labels.environment] == environment else {
                observation.addForeign(container)
                continue
            }
            observation.containers.append(ObservedContainer(container, network: network))
        }
        observation.containers.sort { $0.name < $1.name }
        for other in try await networks { observation.add(other, wanted: network, environment: environment) }
        for image in try await images {
            let observed = ObservedImage(
                id: image.id, identity: image.labels[Labels.identity] ?? "",
                recipe: image.labels[Labels.recipe] ?? "")
            for tag in image.tags { observation.images[tag] = observed }
        }
        var own: [String: ObservedVolume] = [:]
        for volume in try await volumes {
            if volume.labels[Labels.environment] == environment {
                own[volume.name] = ObservedVolume(name: volume.name, created: volume.created, labels: volume.labels)
            } else {
                observation.foreignVolumes.insert(volume.name)
            }
        }
        observation.volumes = own
        return observation
    }
}

extension Observation {
    mutating func add(_ other: Network, wanted name: String, environment: String) {
        if other.name == name {
            network = ObservedNetwork(
                id: other.id, subnet: other.subnets.first?.subnet ?? "", gateway: other.subnets.first?.gateway ?? "",
                isOurs: other.labels[Labels.environment] == environment)
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
    init(_ container: ContainerSummary, network: String) {
        self.init(id: container.id, name: container.name)
        let labels = container.labels
        role = labels[Labels.role].flatMap(Role.init(rawValue:)) ?? .tool
        region = labels[Labels.region] ?? ""
        service = labels[Labels.service] ?? ""
        member = labels[Labels.member] ?? ""
        digest = labels[Labels.specification] ?? ""
        slot = labels[Labels.slot].flatMap(Slot.init(rawValue:)) ?? .a
        state = State(rawValue: container.state.rawValue) ?? .dead
        switch container.health {
        case .none: health = nil
        default: health = container.health.rawValue
        }
        imageID = container.imageID
        if let attachment = container.networks[network] {
            isOnNetwork = true
            address = IPv4Address(text: attachment.address)
        }
        volumes = container.mounts.compactMap(\.name)
        created = container.created
        status = container.status
    }
}
