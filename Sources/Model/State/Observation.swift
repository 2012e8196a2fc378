/// What a host really runs, read from the engine in one pass; with what others of its environment do.
public struct Observation: Sendable {
    public var host: String
    /// What each of the other hosts runs. Only the containers of all stand together.
    public var others: [Observation] = []
    /// Containers with the environment's label, those of other hosts included.
    public var containers: [ObservedContainer]
    /// Names of containers that are not the environment's.
    public var foreignNames: Set<String>
    /// Ports on the host that others' containers publish.
    public var foreignPorts: [ForeignPort]
    /// Names of volumes that are not the environment's.
    public var foreignVolumes: Set<String>
    /// The state folder whose the environment is on this host; nil where it is nobody's.
    public var owner: EnvironmentOwner?
    /// What networks that are not the environment's take of the addresses.
    public var foreignSubnets: [ForeignSubnet]
    /// By the full reference that a specification names.
    public var images: [String: ObservedImage]
    /// By name; nil where nobody asked the engine for them.
    public var volumes: [String: ObservedVolume]?
    /// What the members of the front say of the servers behind it; empty where nobody asked them.
    public var servers: [FrontServer] = []
    /// nil where nobody asked the engine for it or it does not exist.
    public var network: ObservedNetwork?
    /// The environment's further networks, by name.
    public var furtherNetworks: [String: ObservedNetwork]

    public init(host: String) {
        self.host = host
        containers = []
        foreignNames = []
        foreignPorts = []
        foreignVolumes = []
        foreignSubnets = []
        images = [:]
        furtherNetworks = [:]
    }

    /// What was seen on one of the hosts; nil where it was not looked at.
    public func on(_ name: String) -> Observation? { host == name ? self : others.first { $0.host == name } }

    /// All hosts that were looked at.
    public var hosts: [Observation] { [self] + others }

    /// When a volume was made, wherever it is; this host's, where several have one of the name.
    public func creation(ofVolume name: String) -> String? {
        for host in hosts {
            if let volume = host.volumes?[name] { return volume.created }
        }
        return nil
    }

    /// The network of a name that is the environment's.
    public func network(_ name: String, isOwn: Bool) -> ObservedNetwork? { isOwn ? network : furtherNetworks[name] }
}

/// A range of addresses that a network of somebody else has.
public struct ForeignSubnet: Sendable, Hashable {
    public var network: String
    public var subnet: IPv4Network

    public init(network: String, subnet: IPv4Network) {
        self.network = network
        self.subnet = subnet
    }
}

/// A port of the host that a container of somebody else publishes.
public struct ForeignPort: Sendable, Hashable {
    public var address: String
    public var port: Int
    public var transport: String
    public var container: String

    public init(address: String, port: Int, transport: String, container: String) {
        self.address = address
        self.port = port
        self.transport = transport
        self.container = container
    }

    /// Whether it leaves no room for a port that is to be published.
    public func collides(with other: ContainerSpecification.PublishedPort) -> Bool {
        let everywhere = ["", "0.0.0.0", "::"]
        return port == other.hostPort && transport == other.transport
            && (address == other.address || everywhere.contains(address) || everywhere.contains(other.address))
    }
}

/// A container of an environment.
public struct ObservedContainer: Sendable, Hashable {
    public enum State: String, Sendable { case created, running, paused, restarting, removing, exited, dead }
    public enum Role: String, Sendable { case member, job, client, tool }

    public var id: String
    public var name: String
    public var host = localHost
    public var role: Role
    public var region: String
    public var service: String
    public var member: String
    public var digest: String
    public var slot: Slot
    public var state: State
    /// The engine's own health check: `healthy`, `unhealthy`, `starting`, or nil.
    public var health: String?
    /// The name that it was made from, as long as that stands for the same image; then its id.
    public var image: String
    public var imageID: String
    /// The release of the image that it was made from, which its label keeps; empty where it has none.
    public var release = ""
    /// The environment's network's address of it; nil while it does not run or is not on it.
    public var address: IPv4Address?
    public var isOnNetwork: Bool
    /// The names of the networks that it is on.
    public var networks: Set<String>
    /// The id of the container whose network namespace it joins.
    public var pod: String?
    public var volumes: [String]
    /// Seconds since 1970.
    public var created: Int
    /// The engine's words, as `Up 3 hours`.
    public var status: String
    /// What was last put into it, from the store or the container's own manifest; nil where neither knows.
    public var manifest: Manifest?
    /// Whether the engine starts it again whenever it has ended; nil where nobody asked.
    public var isKeptRunning: Bool?
    /// What of it was changed by hand, in words; only known where it was looked at closely.
    public var alterations: [String] = []

    /// Whether it stands for a member at the moment.
    public var isRunningMember: Bool { role == .member && state == .running }

    public init(id: String, name: String) {
        self.id = id
        self.name = name
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
    public var id: String
    public var identity: String
    public var recipe: String

    public init(id: String, identity: String, recipe: String) {
        self.id = id
        self.identity = identity
        self.recipe = recipe
    }
}

/// A named volume.
public struct ObservedVolume: Sendable, Hashable {
    public var name: String
    /// The making of the volume: one that was removed and made again under its name has another. It is a label's text, or
    /// the engine's creation time, which some engines change with the volume's topmost folder.
    public var created: String
    public var labels: [String: String]

    public init(name: String, created: String, labels: [String: String] = [:]) {
        self.name = name
        self.created = Self.making(created: created, labels: labels)
        self.labels = labels
    }

    /// The making of a volume that has these labels, and that the engine says it created then.
    public static func making(created: String, labels: [String: String]) -> String { labels[Labels.volume] ?? created }
}

/// An environment's network as the engine has it.
public struct ObservedNetwork: Sendable, Hashable {
    public var id: String
    public var subnet: String
    public var gateway: String
    public var isOurs: Bool
    /// What the engine addresses containers from by itself, where it was told.
    public var range: String?
    /// The largest packet, in bytes, where the engine was told.
    public var mtu: Int?

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

/// What was put into a container: its configuration's revision.
///
/// It is kept in the store by the container's id, and as `/etc/minke/.manifest.json` in the container itself, from
/// which a lost store is rebuilt.
public struct Manifest: Sendable, Hashable {
    /// File path to digest.
    public var files: [String: String]
    /// File path to `[section] key` to value, for INI files; `Manifest.hidden` in place of a secret.
    public var entries: [String: [String: String]]
    /// The specification's parts, to say what changed.
    public var parts: ValueMap

    /// Stands for a value that is not told, so that only whether it changed is known.
    public static func hidden(_ value: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in value.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\(hiddenPrefix)\(String(hash, radix: 16))"
    }

    public static let hiddenPrefix = "(secret) "

    /// Stands for the digest of a file that no longer is what was put there.
    public static let edited = "edited"

    public init(files: [String: String], entries: [String: [String: String]], parts: ValueMap) {
        self.files = files
        self.entries = entries
        self.parts = parts
    }
}

extension RenderedFile.Entry {
    /// How a plan and a manifest name the entry.
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

/// That a job, grant or registration was done, with what, and into which data.
public struct DoneRecord: Sendable, Hashable {
    public var inputs: String
    /// The creation time of the volume that keeps the result.
    public var anchor: String?

    public init(inputs: String, anchor: String?) {
        self.inputs = inputs
        self.anchor = anchor
    }
}
