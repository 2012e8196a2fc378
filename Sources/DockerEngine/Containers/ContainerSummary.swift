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
    /// The container's id.
    public let id: String
    /// The names without leading slashes; the first is the container's own, the others come from links.
    public let names: [String]
    /// The image's name at the time when the container was created; its id once that name stands for another image.
    public let image: String
    /// The image's id.
    public let imageID: String
    /// The entrypoint and command in one line.
    public let command: String
    /// The labels, the image's included.
    public let labels: [String: String]
    /// The state.
    public let state: ContainerState
    /// The state in words, such as `Up 2 hours (healthy)`.
    public let status: String
    /// The last result of the health check.
    public let health: ContainerHealth
    /// The time of creation, in seconds since 1970.
    public let created: Int
    /// The ports, published or only exposed.
    public let ports: [PublishedPort]
    /// The network mode: a network's name, `bridge`, `host`, `none` or `container:ID`.
    public let networkMode: String
    /// The container's places on networks, by the networks' names.
    public let networks: [String: NetworkAttachment]
    /// The mounts, volumes included.
    public let mounts: [MountPoint]

    /// The container's own name, or its short id where it has none.
    public var name: String { names.first ?? String(id.prefix(12)) }
}

/// A port of a container and, where it is published, the host's port.
public struct PublishedPort: Sendable, Hashable {
    /// The container's port.
    public let port: Int
    /// The protocol: `tcp`, `udp` or `sctp`.
    public let network: String
    /// The host's address; nil where the port is not published.
    public let hostAddress: String?
    /// The host's port; nil where the port is not published.
    public let hostPort: Int?
}

/// A container's place on a network.
public struct NetworkAttachment: Sendable, Hashable {
    /// The network's id.
    public let networkID: String
    /// The id of the container's endpoint on the network.
    public let endpointID: String
    /// The IPv4 address; empty while the container does not run.
    public let address: String
    /// The prefix length of the network.
    public let prefixLength: Int
    /// The gateway's address; empty while the container does not run.
    public let gateway: String
    /// The MAC address; empty while the container does not run.
    public let mac: String
    /// Further names of the container on the network.
    public let aliases: [String]
    /// The static address that was configured, which the container keeps; nil for none.
    public let configuredAddress: String?
}

/// A file system mounted in a container.
public struct MountPoint: Sendable, Hashable {
    /// The type: `volume`, `bind` or `tmpfs`.
    public let type: String
    /// The volume's name; nil for other types.
    public let name: String?
    /// The path on the host; empty for a tmpfs.
    public let source: String
    /// The path in the container.
    public let destination: String
    /// Whether the container may write to it.
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
    /// Reads the health from the status text, since lists have it nowhere else.
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
