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

    /// Asks for containers, images and volumes at the same time, and for the network where no container shows it.
    public func observe(environment: String, network: String) async throws -> Observation {
        async let images = engine.images(filters: ["label": [Labels.identity]])
        async let volumes = engine.volumes(filters: ["label": ["\(Labels.environment)=\(environment)"]])
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
        observation.network = try await self.network(network, environment: environment)
        for image in try await images {
            let observed = ObservedImage(
                id: image.id, identity: image.labels[Labels.identity] ?? "",
                recipe: image.labels[Labels.recipe] ?? "")
            for tag in image.tags { observation.images[tag] = observed }
        }
        observation.volumes = Dictionary(
            try await volumes.map { ($0.name, ObservedVolume(name: $0.name, created: $0.created, labels: $0.labels)) },
            uniquingKeysWith: { first, _ in first })
        return observation
    }

    private func network(
        _ name: String, environment: String
    ) async throws -> ObservedNetwork? {
        do {
            let network = try await engine.inspectNetwork(name)
            return ObservedNetwork(
                id: network.id, subnet: network.subnets.first?.subnet ?? "",
                gateway: network.subnets.first?.gateway ?? "",
                isOurs: network.labels[Labels.environment] == environment)
        } catch let error as EngineError where error.isNotFound {
            return nil
        }
    }
}

extension Observation {
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
