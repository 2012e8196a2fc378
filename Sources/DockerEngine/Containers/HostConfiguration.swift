/// The part of a container's configuration that concerns its host.
public struct HostConfiguration: Sendable, Hashable {
    public var mounts: [Mount] = []
    /// Mount options such as `size=16m,mode=1777`, by path.
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
    /// The container's share of the processors when they are scarce; the engine's default is 1024.
    public var cpuShares: Int?
    public var processLimit: Int?
    public var logDriver: String?
    public var logOptions: [String: String] = [:]
    public var addedCapabilities: [String] = []
    public var droppedCapabilities: [String] = []
    public var devices: [Device] = []
    /// Rules such as `c 10:232 rw` for devices that the container may make nodes of and use.
    public var deviceRules: [String] = []
    public var sysctls: [String: String] = [:]
    public var ulimits: [Ulimit] = []
    public var securityOptions: [String] = []
    /// Whether the parts of /proc and /sys that engines otherwise hide are visible and writable.
    public var showsSystemPaths = false
    public var readOnlyRoot = false
    /// Whether the engine runs a small init in the container, which reaps processes.
    public var usesInit = false
    public var addedGroups: [String] = []
    /// A network's name, `bridge`, `host`, `none` or `container:ID`; nil for the first of `networks`.
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
    /// A number from -1000 to 1000; the kernel kills processes with a greater one first when memory runs out.
    public var outOfMemoryScore: Int?
    public var removesItself = false

    public init() {}
}

/// A file system to mount in a container.
public struct Mount: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// A named volume, created with these labels where it is missing; `copies` fills an empty one from the image.
        case volume(name: String, labels: [String: String] = [:], copies: Bool = true)
        /// A path of the host.
        case path(String)
        /// A tmpfs; the kernel chooses size (in bytes) and mode where they are nil.
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

/// An address and port of the host; the engine chooses the port where it is nil.
public struct HostPort: Sendable, Hashable {
    public var address: String?
    public var port: Int?

    public init(address: String? = nil, port: Int? = nil) {
        self.address = address
        self.port = port
    }
}

/// The engine's reaction to the end of a container's process.
public enum RestartPolicy: Sendable, Hashable {
    case no
    case always
    case unlessStopped
    case onFailure(maximum: Int? = nil)
}

/// A device of the host that the container gets.
public struct Device: Sendable, Hashable {
    public var hostPath: String
    public var path: String
    /// Letters of `r`, `w` and `m`.
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
