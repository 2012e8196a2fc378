/// All properties of a container that need a new container to change. It holds no secret, since its digest is a label.
public struct ContainerSpecification: Sendable, Hashable {
    public struct Mount: Sendable, Hashable {
        /// The volume's name on the engine.
        public var volume: String
        public var path: String

        public init(volume: String, path: String) {
            self.volume = volume
            self.path = path
        }
    }

    public struct Tmpfs: Sendable, Hashable {
        public var path: String
        /// The mount options, as `size=64m,mode=1777`.
        public var options: String

        public init(path: String, options: String) {
            self.path = path
            self.options = options
        }
    }

    public struct PublishedPort: Sendable, Hashable, Comparable {
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
    public struct HealthCheck: Sendable, Hashable {
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
    public struct Attachment: Sendable, Hashable {
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

    /// The properties by the names that a plan uses, in the form that is hashed, stored and compared.
    public var parts: ValueMap {
        var parts = ValueMap()
        parts["image"] = .string(imageIdentity.isEmpty ? image : imageIdentity)
        if let command { parts["command"] = Self.list(command) }
        if let user { parts["user"] = .string(user) }
        if !environment.isEmpty { parts["environment"] = Self.map(environment) }
        if let pod {
            parts["pod"] = .string(pod)
            if sharesProcesses { parts["shares processes"] = true }
        } else if usesHostNetwork {
            parts["network"] = "the host's"
        } else {
            parts["hostname"] = .string("\(hostname).\(domain)")
            parts["network"] = .string(network)
            if !addresses.isEmpty { parts["address"] = Self.list(addresses.map(\.description)) }
            if let macAddress { parts["MAC address"] = .string(macAddress) }
            if !aliases.isEmpty { parts["aliases"] = Self.list(aliases) }
            if !attachments.isEmpty {
                parts["networks"] = Self.list(attachments.map { "\($0.network) \($0.address)" })
            }
        }
        if !mounts.isEmpty { parts["volumes"] = Self.list(mounts.map { "\($0.volume):\($0.path)" }) }
        if hasFiles { parts["configuration"] = true }
        if !tmpfs.isEmpty { parts["tmpfs"] = Self.list(tmpfs.map { "\($0.path):\($0.options)" }) }
        if !ports.isEmpty {
            parts["ports"] = Self.list(
                ports.map { "\($0.address):\($0.hostPort):\($0.containerPort)/\($0.transport)" })
        }
        if let memory { parts["memory"] = .int(memory) }
        parts["log"] = .string("\(logSize)x\(logFiles)")
        if !capabilities.isEmpty { parts["capabilities"] = Self.list(capabilities) }
        if !devices.isEmpty { parts["devices"] = Self.list(devices) }
        if !deviceRules.isEmpty { parts["device rules"] = Self.list(deviceRules) }
        if !sysctls.isEmpty { parts["sysctls"] = Self.map(sysctls) }
        if !ulimits.isEmpty { parts["ulimits"] = Self.map(ulimits.mapValues(String.init)) }
        if !security.isEmpty { parts["security"] = Self.list(security) }
        if isReadOnly { parts["read-only"] = true }
        if usesEngine { parts["engine's socket"] = true }
        if let stopSignal { parts["stop signal"] = .string(stopSignal) }
        parts["grace"] = .double(grace.seconds)
        if let health {
            parts["health check"] = Self.list(
                health.command + [health.interval, health.timeout, health.startPeriod].map { "\($0.seconds)" })
        }
        parts["restart"] = .string(restart)
        return parts
    }

    private static func list(_ texts: [String]) -> Value { .list(texts.map(Value.string)) }

    private static func map(_ texts: [String: String]) -> Value {
        .map(ValueMap(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
