/// The state of an environment, as the engines of its hosts reported it in one pass.
public struct Observation: Sendable {
    /// The name of the host that the session works from: steps that belong to no host are carried out from there.
    public let here: String
    /// The states of the hosts that were observed, `here` first.
    public var hosts: [HostObservation]
    /// The containers with the environment's label on all hosts.
    public var containers: [ObservedContainer]
    /// The servers behind the front, as the front's members report them; empty where these were not asked.
    public var servers: [FrontServer] = []

    /// Creates an observation of one host on which nothing was found.
    public init(here: String) {
        self.here = here
        hosts = [HostObservation(host: here)]
        containers = []
    }

    /// The state of the host that the session works from.
    public var own: HostObservation {
        get { hosts[0] }
        set { hosts[0] = newValue }
    }

    /// Whether the environment has several hosts.
    public var spansHosts: Bool { hosts.count > 1 }

    /// The state of a host; nil where it was not observed.
    public func on(_ name: String) -> HostObservation? { hosts.first { $0.host == name } }

    /// The creation of a volume (`ObservedVolume.created`) on any host; that on `here` where several have one of the
    /// name.
    public func creation(ofVolume name: String) -> String? {
        for host in hosts {
            if let volume = host.volumes?[name] { return volume.created }
        }
        return nil
    }
}

/// The state of a host, as its engine reported it.
public struct HostObservation: Sendable {
    /// The host's name in the environment.
    public var host: String
    /// The state folder that owns the environment on this host; nil where none does.
    public var owner: EnvironmentOwner?
    /// The names of containers that are not the environment's.
    public var foreignNames: Set<String> = []
    /// The ports of the host that containers of others publish.
    public var foreignPorts: [ForeignPort] = []
    /// The names of volumes that are not the environment's.
    public var foreignVolumes: Set<String> = []
    /// The address ranges of networks that are not the environment's.
    public var foreignSubnets: [ForeignSubnet] = []
    /// The images, by the full reference that a specification names.
    public var images: [String: ObservedImage] = [:]
    /// The volumes, by name; nil where the engine was not asked for them.
    public var volumes: [String: ObservedVolume]?
    /// The environment's own network; nil where the engine was not asked for it or it does not exist.
    public var network: ObservedNetwork?
    /// The environment's further networks, by name.
    public var furtherNetworks: [String: ObservedNetwork] = [:]

    /// Creates the state of a host on which nothing was found.
    public init(host: String) { self.host = host }

    /// The environment's own network, or its further network of this name.
    public func network(_ name: String, isOwn: Bool) -> ObservedNetwork? { isOwn ? network : furtherNetworks[name] }
}

/// A range of addresses of a network that is not the environment's.
public struct ForeignSubnet: Sendable, Hashable {
    /// The network's name on the engine.
    public var network: String
    /// The range; a network with several has an entry for each.
    public var subnet: IPv4Network

    /// Creates a range.
    public init(network: String, subnet: IPv4Network) {
        self.network = network
        self.subnet = subnet
    }
}

/// A port of the host that a container of others publishes.
public struct ForeignPort: Sendable, Hashable {
    /// The host's address at which the port is open; empty, `0.0.0.0` or `::` for all of them.
    public var address: String
    /// The number of the host's port.
    public var port: Int
    /// The transport, as `tcp` or `udp`.
    public var transport: String
    /// The name of the container.
    public var container: String

    /// Creates a port.
    public init(address: String, port: Int, transport: String, container: String) {
        self.address = address
        self.port = port
        self.transport = transport
        self.container = container
    }

    /// Whether this port leaves no room for one that is to be published.
    public func collides(with other: ContainerSpecification.PublishedPort) -> Bool {
        let everywhere = ["", "0.0.0.0", "::"]
        return port == other.hostPort && transport == other.transport
            && (address == other.address || everywhere.contains(address) || everywhere.contains(other.address))
    }
}

/// A container of an environment.
public struct ObservedContainer: Sendable, Hashable {
    /// A state of a container, in the engine's words; one that is unknown counts as dead.
    public enum State: String, Sendable { case created, running, paused, restarting, removing, exited, dead }
    /// The purpose of a container: a member, a job of a service, or a tool that was called for.
    public enum Role: String, Sendable { case member, job, client, tool }

    /// The beginning of the names of a tool's containers, such as `cloud-client-`; random digits follow.
    public static func toolNamePrefix(environment: String, tool: String) -> String { "\(environment)-\(tool)-" }

    /// The container's id on the engine.
    public var id: String
    /// The container's name on the engine.
    public var name: String
    /// The name of the host that the container is on.
    public var host: String
    /// The purpose, by the container's label; `tool` where that names none.
    public var role: Role
    /// The region, by the container's label; empty where it has none.
    public var region: String
    /// The service of the member or job, by the container's label; empty for a tool.
    public var service: String
    /// The member, or for a job's container the job.
    public var member: String
    /// The member that a job's container works for; nil where it works for all.
    public var worksFor: String?
    /// The name of the member whose sidecar the container is, by its label; nil for any other container.
    public var sidecarOf: String?
    /// The recipe of the service, by the container's label.
    public var recipe = ""
    /// The hash of the specification, by the container's label; empty where it has none.
    public var digest: String
    /// The slot, by the container's label; `a` where it has none.
    public var slot: Slot
    /// The state at the time of the observation.
    public var state: State
    /// The result of the engine's own health check: `healthy`, `unhealthy`, `starting`, or nil.
    public var health: String?
    /// The name of the image that the container was made from while that name stands for the same image, and the
    /// image's id after that.
    public var image: String
    /// The id of the image that the container was made from.
    public var imageID: String
    /// The release of that image, by the image's label; empty where it has none.
    public var release = ""
    /// The container's address on the environment's network; nil while it is stopped or not attached.
    public var address: IPv4Address?
    /// Whether the container is on the environment's own network.
    public var isOnNetwork: Bool
    /// The names of the networks that the container is on.
    public var networks: Set<String>
    /// The id of the container whose network namespace this one joins.
    public var pod: String?
    /// The names of the mounted volumes.
    public var volumes: [String]
    /// The time of creation, in seconds since 1970.
    public var created: Int
    /// The status in the engine's words, as `Up 3 hours`.
    public var status: String
    /// The manifest of the files last put into it, from the store or the container itself; nil where neither has it.
    public var manifest: Manifest?
    /// Whether the engine starts the container again whenever it ends; nil where that is not known.
    public var isKeptRunning: Bool?
    /// The changes that were made by hand, in words; known only where the container was looked at closely.
    public var alterations: [String] = []

    /// Whether the container is a member's and runs.
    public var isRunningMember: Bool { role == .member && state == .running }

    /// Creates a member's container in the state `created`, of which nothing else is known.
    public init(id: String, name: String, host: String) {
        self.id = id
        self.name = name
        self.host = host
        role = .member
        region = ""
        service = ""
        member = ""
        digest = ""
        slot = .a
        state = .created
        image = ""
        imageID = ""
        isOnNetwork = false
        networks = []
        volumes = []
        created = 0
        status = ""
    }
}

/// An image that Minke built.
public struct ObservedImage: Sendable, Hashable {
    /// The image's id on the engine.
    public var id: String
    /// The content hash, by the image's label; empty where it has none.
    public var identity: String
    /// The name of the image's recipe, by the image's label; empty where it has none.
    public var recipe: String

    /// Creates an image.
    public init(id: String, identity: String, recipe: String) {
        self.id = id
        self.identity = identity
        self.recipe = recipe
    }
}

/// A named volume.
public struct ObservedVolume: Sendable, Hashable {
    /// The volume's name on the engine.
    public var name: String
    /// The mark of the volume's creation, which differs where a volume was removed and made again under its name. It is
    /// a label's text or, without one, the engine's creation time, which some engines change with the volume's topmost
    /// folder.
    public var created: String
    /// The volume's labels.
    public var labels: [String: String]

    /// Creates a volume; `created` is the engine's creation time, which counts where the labels have no mark.
    public init(name: String, created: String, labels: [String: String] = [:]) {
        self.name = name
        self.created = Self.making(created: created, labels: labels)
        self.labels = labels
    }

    /// The mark of a volume's creation, from its labels or else from the engine's creation time.
    public static func making(created: String, labels: [String: String]) -> String { labels[Labels.volume] ?? created }
}

/// An environment's network as the engine has it.
public struct ObservedNetwork: Sendable, Hashable {
    /// The network's id on the engine.
    public var id: String
    /// The subnet in CIDR notation, as the engine has it; empty where it has none.
    public var subnet: String
    /// The gateway of that subnet, as the engine has it; empty where it has none.
    public var gateway: String
    /// Whether the network has the environment's label.
    public var isOurs: Bool
    /// The range from which the engine itself takes addresses for containers, where it was told one.
    public var range: String?
    /// The largest packet in bytes, where the engine was told one.
    public var mtu: Int?

    /// Creates a network.
    public init(
        id: String, subnet: String, gateway: String, isOurs: Bool, range: String? = nil, mtu: Int? = nil
    ) {
        self.id = id
        self.subnet = subnet
        self.gateway = gateway
        self.isOurs = isOurs
        self.range = range
        self.mtu = mtu
    }
}

/// The record of the files that were put into a container, and of its specification.
///
/// It is kept in the store by the container's id, and as `/etc/minke/.manifest.json` in the container itself, from
/// which a lost store is rebuilt.
public struct Manifest: Sendable, Hashable, Codable {
    /// The digest of each file, by path; `Manifest.edited` or the note of a pending change stands in place of one.
    public var files: [String: String]
    /// The values of INI files, by path and then by `[section] key`; `Manifest.hidden` stands in place of a secret.
    public var entries: [String: [String: String]]
    /// The specification's parts, from which changes are found.
    public var parts: ValueMap

    /// The stand-in for a value that is not shown, which only tells whether the value changed.
    public static func hidden(_ value: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in value.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\(hiddenPrefix)\(String(hash, radix: 16))"
    }

    /// The beginning of every stand-in for a secret, by which plans tell that a value is one.
    public static let hiddenPrefix = "(secret) "

    /// The stand-in for the digest of a file that was changed in its container.
    public static let edited = "edited"

    /// Creates a manifest.
    public init(files: [String: String], entries: [String: [String: String]], parts: ValueMap) {
        self.files = files
        self.entries = entries
        self.parts = parts
    }
}

extension RenderedFile.Entry {
    /// The name of the entry in plans and manifests.
    public var manifestKey: String { "[\(section)] \(key)" }
}

extension RenderedFile {
    /// The entries as a manifest keeps them: secrets hidden, the values of a repeated key joined.
    public var manifestEntries: [String: String] {
        var values: [String: String] = [:]
        for entry in entries {
            let value = entry.isSecret ? Manifest.hidden(entry.value) : entry.value
            values[entry.manifestKey] = values[entry.manifestKey].map { "\($0), \(value)" } ?? value
        }
        return values
    }
}

/// The record of a finished job, grant or registration, with its inputs and the volume that keeps the result; or of a
/// member that was healthy, with its container's id and the volumes of its grants.
public struct DoneRecord: Sendable, Hashable, Codable {
    /// The hash of the inputs; of a member, the id of its container.
    public var inputs: String
    /// The mark of the volume's creation; those of several volumes are joined by spaces.
    public var anchor: String?

    /// Creates a record.
    public init(inputs: String, anchor: String?) {
        self.inputs = inputs
        self.anchor = anchor
    }
}
