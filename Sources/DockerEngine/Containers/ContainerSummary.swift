import Model

/// The state of a container.
public enum ContainerState: String, Sendable, Hashable {
    case created, running, paused, restarting, removing, exited, dead
    /// A state that this program does not know.
    case unknown
}

/// The last result of a container's health check.
public enum ContainerHealth: String, Sendable, Hashable {
    case none, starting, healthy, unhealthy
}

/// A container as the engine lists it.
public struct ContainerSummary: Sendable, Hashable {
    public let id: String
    /// Names without leading slashes; the first is the container's own, the others come from links.
    public let names: [String]
    /// The image's name at the time when the container was created; its id once that name stands for another image.
    public let image: String
    public let imageID: String
    public let command: String
    public let labels: [String: String]
    public let state: ContainerState
    /// A text for people, such as `Up 2 hours (healthy)`.
    public let status: String
    public let health: ContainerHealth
    /// Seconds since 1970.
    public let created: Int
    public let ports: [PublishedPort]
    public let networkMode: String
    public let networks: [String: NetworkAttachment]
    public let mounts: [MountPoint]

    public var name: String { names.first ?? String(id.prefix(12)) }
}

/// A port of a container and, where it is published, the host's port.
public struct PublishedPort: Sendable, Hashable {
    public let port: Int
    /// `tcp`, `udp` or `sctp`.
    public let network: String
    public let hostAddress: String?
    public let hostPort: Int?
}

/// A container's place on a network.
public struct NetworkAttachment: Sendable, Hashable {
    public let networkID: String
    public let endpointID: String
    /// Empty while the container does not run.
    public let address: String
    public let prefixLength: Int
    public let gateway: String
    public let mac: String
    public let aliases: [String]
    /// The static address that was asked for, which the container keeps.
    public let configuredAddress: String?
}

/// Something mounted in a container.
public struct MountPoint: Sendable, Hashable {
    /// `volume`, `bind` or `tmpfs`.
    public let type: String
    /// The name, for a volume.
    public let name: String?
    public let source: String
    public let destination: String
    public let isWritable: Bool
}

extension ContainerSummary {
    init(_ value: Value) {
        id = value.text("Id")
        // A link's name has a second slash: /other/alias.
        names = value.texts("Names").map { String($0.drop { $0 == "/" }) }
            .sorted { ($0.contains("/") ? 1 : 0) < ($1.contains("/") ? 1 : 0) }
        image = value.text("Image")
        imageID = value.text("ImageID")
        command = value.text("Command")
        labels = value.textMap("Labels")
        state = ContainerState(rawValue: value.text("State")) ?? .unknown
        status = value.text("Status")
        health = ContainerHealth(status: status)
        created = value.number("Created")
        ports = value.items("Ports").map { PublishedPort($0) }
        networkMode = value["HostConfig"]?.text("NetworkMode") ?? ""
        networks = NetworkAttachment.all(value["NetworkSettings"]?["Networks"])
        mounts = value.items("Mounts").map { MountPoint($0) }
    }
}

extension ContainerHealth {
    /// Reads the health from the status text, since lists tell it nowhere else.
    init(status: String) {
        if status.hasSuffix("(healthy)") {
            self = .healthy
        } else if status.hasSuffix("(unhealthy)") {
            self = .unhealthy
        } else if status.hasSuffix("(health: starting)") {
            self = .starting
        } else {
            self = .none
        }
    }
}

extension PublishedPort {
    init(_ value: Value) {
        port = value.number("PrivatePort")
        network = value.text("Type")
        hostAddress = value.optionalText("IP")
        hostPort = value["PublicPort"]?.wholeNumber
    }
}

extension NetworkAttachment {
    init(_ value: Value) {
        networkID = value.text("NetworkID")
        endpointID = value.text("EndpointID")
        address = value.text("IPAddress")
        prefixLength = value.number("IPPrefixLen")
        gateway = value.text("Gateway")
        mac = value.text("MacAddress")
        aliases = value.texts("Aliases")
        configuredAddress = value["IPAMConfig"]?.optionalText("IPv4Address")
    }

    static func all(_ value: Value?) -> [String: NetworkAttachment] {
        var networks: [String: NetworkAttachment] = [:]
        if let map = value?.map { for (name, value) in map { networks[name] = NetworkAttachment(value) } }
        return networks
    }
}

extension MountPoint {
    init(_ value: Value) {
        type = value.text("Type")
        name = value.optionalText("Name")
        source = value.text("Source")
        destination = value.text("Destination")
        isWritable = value.flag("RW")
    }
}
