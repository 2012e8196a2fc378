/// What a container gets of its host.
public struct HostConfiguration: Sendable, Hashable {
    public var mounts: [Mount] = []
    /// Options such as `size=16m,mode=1777` by path.
    public var tmpfs: [String: String] = [:]
    /// Host addresses and ports by `port/protocol`.
    public var ports: [String: [HostPort]] = [:]
    public var restart = RestartPolicy.no
    /// Bytes.
    public var memory: Int?
    /// Bytes, memory included.
    public var memoryWithSwap: Int?
    /// Billionths of a processor.
    public var nanoCPUs: Int?
    /// The share of the processors where they are asked for by more than there are; the engine's default is 1024.
    public var cpuShares: Int?
    public var processLimit: Int?
    public var logDriver: String?
    public var logOptions: [String: String] = [:]
    public var addedCapabilities: [String] = []
    public var droppedCapabilities: [String] = []
    public var devices: [Device] = []
    /// Devices by their numbers, as `c 10:232 rw`, that the container may make nodes of and use.
    public var deviceRules: [String] = []
    public var sysctls: [String: String] = [:]
    public var ulimits: [Ulimit] = []
    public var securityOptions: [String] = []
    /// Whether the parts of /proc and /sys are there, and can be written, that engines otherwise hide.
    public var showsSystemPaths = false
    public var readOnlyRoot = false
    /// A tiny init that reaps.
    public var usesInit = false
    public var addedGroups: [String] = []
    /// A network's name, `bridge`, `host`, `none` or `container:ID`; without it, the first of `networks`.
    public var networkMode: String?
    /// `host` or `container:ID`.
    public var pidMode: String?
    /// `host`, `private`, `shareable` or `container:ID`.
    public var ipcMode: String?
    /// `host` or `private`.
    public var cgroupNamespace: String?
    /// Entries of /etc/hosts, as `name:address`.
    public var extraHosts: [String] = []
    public var nameServers: [String] = []
    public var searchDomains: [String] = []
    public var nameServerOptions: [String] = []
    /// Bytes of /dev/shm.
    public var sharedMemory: Int?
    /// From -1000 to 1000: who is killed first when memory runs out.
    public var outOfMemoryScore: Int?
    public var removesItself = false

    public init() {}
}

/// Something to mount.
public struct Mount: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// A named volume, made with these labels where it is missing; `copies` fills an empty one from the image.
        case volume(name: String, labels: [String: String] = [:], copies: Bool = true)
        /// A path of the host.
        case path(String)
        /// Memory; bytes and mode are the kernel's where they are not given.
        case memory(size: Int? = nil, mode: UInt32? = nil)
    }

    public var source: Source
    public var target: String
    public var readOnly: Bool

    public init(_ source: Source, at target: String, readOnly: Bool = false) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
    }
}

/// A port of the host; without a port, the engine chooses one.
public struct HostPort: Sendable, Hashable {
    public var address: String?
    public var port: Int?

    public init(address: String? = nil, port: Int? = nil) {
        self.address = address
        self.port = port
    }
}

/// What the engine does when a container's process ends.
public enum RestartPolicy: Sendable, Hashable {
    case no
    case always
    case unlessStopped
    case onFailure(maximum: Int? = nil)
}

/// A device of the host in the container.
public struct Device: Sendable, Hashable {
    public var hostPath: String
    public var path: String
    /// Of `r`, `w` and `m`.
    public var permissions: String

    public init(_ hostPath: String, path: String? = nil, permissions: String = "rwm") {
        self.hostPath = hostPath
        self.path = path ?? hostPath
        self.permissions = permissions
    }
}

/// A limit of a process, such as `nofile`.
public struct Ulimit: Sendable, Hashable {
    public var name: String
    public var soft: Int
    public var hard: Int

    public init(_ name: String, soft: Int, hard: Int) {
        self.name = name
        self.soft = soft
        self.hard = hard
    }
}
