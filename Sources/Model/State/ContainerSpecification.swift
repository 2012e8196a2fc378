/// All properties of a container that only a new container can change. It holds no secret, since its digest is a label.
public struct ContainerSpecification: Sendable, Hashable, Codable {
    /// A named volume in the container.
    public struct Mount: Sendable, Hashable, Codable {
        /// The volume's name on the engine.
        public var volume: String
        /// The mount point in the container.
        public var path: String

        /// Creates a mount.
        public init(volume: String, path: String) {
            self.volume = volume
            self.path = path
        }
    }

    /// A file system in memory.
    public struct Tmpfs: Sendable, Hashable, Codable {
        /// The mount point in the container.
        public var path: String
        /// The mount options, as `size=64m,mode=1777`.
        public var options: String

        /// Creates a mount of a file system in memory.
        public init(path: String, options: String) {
            self.path = path
            self.options = options
        }
    }

    /// A port of the host that is forwarded to the container.
    public struct PublishedPort: Sendable, Hashable, Codable, Comparable {
        /// The host's IPv4 address at which the port is open; `0.0.0.0` for all of them.
        public var address: String
        /// The number of the host's port.
        public var hostPort: Int
        /// The number of the port in the container.
        public var containerPort: Int
        /// The transport, `tcp` or `udp`.
        public var transport: String

        /// Creates a port; it is TCP's unless another transport is given.
        public init(address: String, hostPort: Int, containerPort: Int, transport: String = "tcp") {
            self.address = address
            self.hostPort = hostPort
            self.containerPort = containerPort
            self.transport = transport
        }

        /// Compares the host's ports, then transports and addresses.
        public static func < (left: PublishedPort, right: PublishedPort) -> Bool {
            (left.hostPort, left.transport, left.address) < (right.hostPort, right.transport, right.address)
        }
    }

    /// The engine's own health check.
    public struct HealthCheck: Sendable, Hashable, Codable {
        /// The program and its arguments, run in the container: the check succeeds where it exits with 0.
        public var command: [String]
        /// The time between two checks.
        public var interval: Duration
        /// The time limit of one check.
        public var timeout: Duration
        /// The time after the start in which failures do not count, until the first success.
        public var startPeriod: Duration

        /// Creates a check; three failures in a row make the container unhealthy.
        public init(command: [String], interval: Duration, timeout: Duration, startPeriod: Duration) {
            self.command = command
            self.interval = interval
            self.timeout = timeout
            self.startPeriod = startPeriod
        }
    }

    /// A further network that a container is on.
    public struct Attachment: Sendable, Hashable, Codable {
        /// The network's name on the engine.
        public var network: String
        /// The container's address on that network.
        public var address: IPv4Address

        /// Creates an attachment.
        public init(network: String, address: IPv4Address) {
            self.network = network
            self.address = address
        }
    }

    /// The reference that the engine is given, as `minke/keystone:epoxy-latest`.
    public var image = ""
    /// The content hash of that image; a rebuilt image of the same content has the same.
    public var imageIdentity = ""
    /// The command; nil for the image's.
    public var command: [String]?
    /// The user that runs the command; nil for the image's.
    public var user: String?
    /// The environment variables beside the image's.
    public var environment: [String: String] = [:]
    /// The host name without the domain; for a member in a pod, that of the pod.
    public var hostname = ""
    /// The domain that the host name ends in.
    public var domain = ""
    /// The name, on the engine, of the environment's own network.
    public var network = ""
    /// The addresses of slots `a` and `b`; the same twice where a member never runs twice.
    public var addresses: [IPv4Address] = []
    /// The MAC address on the environment's own network; nil lets the engine choose one.
    public var macAddress: String?
    /// The further networks that the container is on, beside the environment's own.
    public var attachments: [Attachment] = []
    /// The member whose network namespace the container joins; the container then has that member's addresses and host
    /// name, and no network of its own.
    public var pod: String?
    /// Whether the container sees the processes of the `pod` member, under their process ids there.
    public var sharesProcesses = false
    /// Whether the container is in the host's own network namespace, without an address on the environment's network.
    public var usesHostNetwork = false
    /// The names by which other containers on the environment's own network reach this one.
    public var aliases: [String] = []
    /// The volumes of the recipe; that of rendered files is not among them.
    public var mounts: [Mount] = []
    /// Whether the container has rendered files, and so a volume at `/etc/minke`.
    public var hasFiles = false
    /// The file systems in memory.
    public var tmpfs: [Tmpfs] = []
    /// The ports of the host that are forwarded to the container, sorted.
    public var ports: [PublishedPort] = []
    /// The memory limit in bytes; nil or 0 for none.
    public var memory: Int?
    /// The size in bytes at which the engine begins a new log file; 0 leaves the log to the engine's own settings.
    public var logSize = 0
    /// The number of log files that the engine keeps; without `logSize` it means nothing.
    public var logFiles = 0
    /// The Linux capabilities beyond the engine's default, without `CAP_`, sorted.
    public var capabilities: [String] = []
    /// The paths of the host's devices that the container gets, at the same paths, sorted.
    public var devices: [String] = []
    /// The engine's rules for devices that need not exist, as `c 10:232 rw`.
    public var deviceRules: [String] = []
    /// The kernel parameters of the container's namespaces, by name.
    public var sysctls: [String: String] = [:]
    /// The resource limits by name, such as `nofile`, soft and hard alike; -1 for none.
    public var ulimits: [String: Int] = [:]
    /// The security options as Docker's client takes them, such as `seccomp=unconfined`, sorted.
    public var security: [String] = []
    /// Whether the root file system is mounted read-only.
    public var isReadOnly = false
    /// Whether the engine's socket is mounted in the container, at `/run/docker.sock`.
    public var usesEngine = false
    /// The stop signal without `SIG`; nil for the image's.
    public var stopSignal: String?
    /// The time between the stop signal and the kill.
    public var grace: Duration = .seconds(10)
    /// The health check that the engine makes; nil where the recipe asks for none.
    public var health: HealthCheck?
    /// The restart policy: `no` for a job; with any other the engine starts the container again whenever it ends.
    public var restart = "unless-stopped"

    /// Creates a specification without an image, network or limits.
    public init() {}

    /// Whether the container is on the environment's network by itself.
    public var hasNetwork: Bool { pod == nil && !usesHostNetwork }

    /// Returns the address in a slot, in a pod that of the pod; nil where the container has none.
    public func address(in slot: Slot) -> IPv4Address? {
        slot == .a ? addresses.first : addresses.last
    }
}
