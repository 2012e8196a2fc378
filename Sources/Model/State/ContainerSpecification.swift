/// All properties of a container that only a new container can change. It holds no secret, since its digest is a label.
public struct ContainerSpecification: Sendable, Hashable, Codable {
    public struct Mount: Sendable, Hashable, Codable {
        /// The volume's name on the engine.
        public var volume: String
        public var path: String

        public init(volume: String, path: String) {
            self.volume = volume
            self.path = path
        }
    }

    public struct Tmpfs: Sendable, Hashable, Codable {
        public var path: String
        /// The mount options, as `size=64m,mode=1777`.
        public var options: String

        public init(path: String, options: String) {
            self.path = path
            self.options = options
        }
    }

    public struct PublishedPort: Sendable, Hashable, Codable, Comparable {
        public var address: String
        public var hostPort: Int
        public var containerPort: Int
        /// The transport, `tcp` or `udp`.
        public var transport: String

        public init(address: String, hostPort: Int, containerPort: Int, transport: String = "tcp") {
            self.address = address
            self.hostPort = hostPort
            self.containerPort = containerPort
            self.transport = transport
        }

        public static func < (left: PublishedPort, right: PublishedPort) -> Bool {
            (left.hostPort, left.transport, left.address) < (right.hostPort, right.transport, right.address)
        }
    }

    /// The engine's own health check.
    public struct HealthCheck: Sendable, Hashable, Codable {
        public var command: [String]
        public var interval: Duration
        public var timeout: Duration
        /// The time after the start in which failures do not count, until the first success.
        public var startPeriod: Duration

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
        public var address: IPv4Address

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
    public var user: String?
    public var environment: [String: String] = [:]
    public var hostname = ""
    public var domain = ""
    public var network = ""
    /// The addresses of slots `a` and `b`; the same twice where a member never runs twice.
    public var addresses: [IPv4Address] = []
    public var macAddress: String?
    public var attachments: [Attachment] = []
    /// The member whose network namespace the container joins; the container then has that member's addresses and host
    /// name, and no network of its own.
    public var pod: String?
    /// Whether the container sees the processes of the `pod` member, under their process ids there.
    public var sharesProcesses = false
    /// Whether the container is in the host's own network namespace, without an address on the environment's network.
    public var usesHostNetwork = false
    public var aliases: [String] = []
    public var mounts: [Mount] = []
    /// Whether the container has rendered files, and so a volume at `/etc/minke`.
    public var hasFiles = false
    public var tmpfs: [Tmpfs] = []
    public var ports: [PublishedPort] = []
    public var memory: Int?
    public var logSize = 0
    public var logFiles = 0
    public var capabilities: [String] = []
    public var devices: [String] = []
    /// The engine's rules for devices that need not exist, as `c 10:232 rw`.
    public var deviceRules: [String] = []
    public var sysctls: [String: String] = [:]
    public var ulimits: [String: Int] = [:]
    public var security: [String] = []
    public var isReadOnly = false
    /// Whether the engine's socket is mounted in the container, at `/run/docker.sock`.
    public var usesEngine = false
    public var stopSignal: String?
    public var grace: Duration = .seconds(10)
    public var health: HealthCheck?
    public var restart = "unless-stopped"

    public init() {}

    /// Whether the container is on the environment's network by itself.
    public var hasNetwork: Bool { pod == nil && !usesHostNetwork }

    public func address(in slot: Slot) -> IPv4Address? {
        slot == .a ? addresses.first : addresses.last
    }
}
