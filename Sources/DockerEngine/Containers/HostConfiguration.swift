/// The part of a container's configuration that concerns its host.
public struct HostConfiguration: Sendable, Hashable {
    /// The volumes, bind mounts and tmpfs mounts.
    public var mounts: [Mount] = []
    /// Options of tmpfs mounts, such as `size=16m,mode=1777`, by path.
    public var tmpfs: [String: String] = [:]
    /// The published ports: host addresses and ports, by `port/protocol`.
    public var ports: [String: [HostPort]] = [:]
    /// The engine's reaction to the end of the process.
    public var restart = RestartPolicy.no
    /// The memory limit in bytes; nil for none.
    public var memory: Int?
    /// The limit of memory and swap together, in bytes; nil for the engine's default.
    public var memoryWithSwap: Int?
    /// The processor limit, in billionths of a processor; nil for none.
    public var nanoCPUs: Int?
    /// The container's relative weight when processors are scarce; nil for the engine's default, 1024.
    public var cpuShares: Int?
    /// The largest number of processes and threads (`PidsLimit`); nil for no limit.
    public var processLimit: Int?
    /// The logging driver; nil for the engine's default.
    public var logDriver: String?
    /// Options of the logging driver; without a driver, of `json-file`.
    public var logOptions: [String: String] = [:]
    /// Capabilities beyond the engine's default.
    public var addedCapabilities: [String] = []
    /// Capabilities of the engine's default that the container lacks.
    public var droppedCapabilities: [String] = []
    /// The host's devices that the container gets.
    public var devices: [Device] = []
    /// Device cgroup rules, such as `c 10:232 rw`, for devices that the container may create nodes of and use.
    public var deviceRules: [String] = []
    /// Kernel parameters of the container's namespaces.
    public var sysctls: [String: String] = [:]
    /// Resource limits of the process.
    public var ulimits: [Ulimit] = []
    /// Security options, such as `seccomp=unconfined`.
    public var securityOptions: [String] = []
    /// Whether the parts of /proc and /sys that engines mask or make read-only are visible and writable.
    public var showsSystemPaths = false
    /// Whether the root file system is mounted read-only.
    public var readOnlyRoot = false
    /// Whether the engine runs a small init in the container, which reaps processes.
    public var usesInit = false
    /// Further groups of the process, by name or id.
    public var addedGroups: [String] = []
    /// The network mode: a network's name, `bridge`, `host`, `none` or `container:ID`; nil for the first of `networks`
    /// by name.
    public var networkMode: String?
    /// The PID namespace: `host` or `container:ID`; nil for one of its own.
    public var pidMode: String?
    /// The IPC namespace: `host`, `private`, `shareable` or `container:ID`; nil for the engine's default.
    public var ipcMode: String?
    /// The cgroup namespace: `host` or `private`; nil for the engine's default.
    public var cgroupNamespace: String?
    /// Further entries of /etc/hosts, as `name:address`.
    public var extraHosts: [String] = []
    /// DNS servers; empty for the engine's.
    public var nameServers: [String] = []
    /// DNS search domains.
    public var searchDomains: [String] = []
    /// Options for resolv.conf, such as `ndots:1`.
    public var nameServerOptions: [String] = []
    /// The size of /dev/shm in bytes; nil for the engine's default.
    public var sharedMemory: Int?
    /// The OOM score adjustment, from -1000 to 1000: when memory runs out, the kernel first kills processes with
    /// greater ones.
    public var outOfMemoryScore: Int?
    /// Whether the engine removes the container when it ends (`AutoRemove`).
    public var removesItself = false

    /// Creates a configuration with the engine's defaults.
    public init() {}
}

/// A file system to mount in a container.
public struct Mount: Sendable, Hashable {
    /// The source of a mounted file system.
    public enum Source: Sendable, Hashable {
        /// A named volume, created with these labels where it is missing; `copies` fills an empty one from the image.
        case volume(name: String, labels: [String: String] = [:], copies: Bool = true)
        /// A bind mount of a path of the host.
        case path(String)
        /// A tmpfs; the kernel chooses size (in bytes) and mode where they are nil.
        case memory(size: Int? = nil, mode: UInt32? = nil)
    }

    /// The source.
    public var source: Source
    /// The path in the container.
    public var target: String
    /// Whether the container may only read.
    public var readOnly: Bool

    /// Creates a mount.
    public init(_ source: Source, at target: String, readOnly: Bool = false) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
    }
}

/// An address and port of the host.
public struct HostPort: Sendable, Hashable {
    /// The host's address; nil for all of them.
    public var address: String?
    /// The host's port; nil for one that the engine chooses.
    public var port: Int?

    /// Creates an address and port.
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
    /// The path on the host.
    var hostPath: String
    /// The path in the container.
    public var path: String
    /// The permitted access, in letters: `r` (read), `w` (write) and `m` (mknod).
    public var permissions: String

    /// Creates a device, at the same path in the container unless another is given.
    public init(_ hostPath: String, path: String? = nil, permissions: String = "rwm") {
        self.hostPath = hostPath
        self.path = path ?? hostPath
        self.permissions = permissions
    }
}

/// A resource limit of a process, such as `nofile`.
public struct Ulimit: Sendable, Hashable {
    /// The name without `RLIMIT_`, such as `nofile`.
    public var name: String
    /// The soft limit, which the process may raise to the hard one.
    public var soft: Int
    /// The hard limit.
    public var hard: Int

    /// Creates a limit.
    public init(_ name: String, soft: Int, hard: Int) {
        self.name = name
        self.soft = soft
        self.hard = hard
    }
}
