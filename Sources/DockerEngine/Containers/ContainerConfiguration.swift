/// The configuration of a container to create.
public struct ContainerConfiguration: Sendable, Hashable {
    /// The image's name or id.
    public var image: String
    /// The command; nil for the image's.
    public var command: [String]?
    /// The entrypoint; nil for the image's, an empty list for none.
    public var entrypoint: [String]?
    /// The user as `NAME[:GROUP]` or ids; nil for the image's.
    public var user: String?
    /// The working directory; nil for the image's.
    public var workingDirectory: String?
    /// Environment variables beside the image's.
    public var environment: [String: String] = [:]
    /// Labels beside the image's.
    public var labels: [String: String] = [:]
    /// The host name; nil for the container's short id.
    public var hostname: String?
    /// The domain name; nil for none.
    public var domainname: String?
    /// The stop signal; nil for the image's.
    public var stopSignal: String?
    /// The time that `stop` waits before it kills the container, in whole seconds.
    public var stopTimeout: Duration?
    /// The engine's health check; nil for the image's.
    public var healthCheck: HealthCheck?
    /// Whether the container has a pseudo-terminal (`Tty`).
    public var terminal = false
    /// Whether the standard input stays open (`OpenStdin`).
    public var openInput = false
    /// Exposed ports beside the published ones, such as `80/tcp`.
    public var exposedPorts: [String] = []
    /// The part that concerns the host (`HostConfig`).
    public var host = HostConfiguration()
    /// The container's wanted place on each network, by the networks' names.
    public var networks: [String: EndpointConfiguration] = [:]

    /// Creates a configuration with the engine's defaults.
    public init(image: String, command: [String]? = nil) {
        self.image = image
        self.command = command
    }
}

/// A health check that the engine runs in the container.
public struct HealthCheck: Sendable, Hashable {
    /// The program with its arguments; nil turns the image's own check off.
    public var command: [String]?
    /// The time between two checks; nil for the engine's default, 30 seconds.
    public var interval: Duration?
    /// The time limit of a check; nil for the engine's default, 30 seconds.
    public var timeout: Duration?
    /// The time after the start in which failures do not count; nil for none.
    public var startPeriod: Duration?
    /// The number of failures in a row that make the container unhealthy; nil for the engine's default, 3.
    public var retries: Int?

    /// Creates a health check.
    public init(
        command: [String]?, interval: Duration? = nil, timeout: Duration? = nil, startPeriod: Duration? = nil,
        retries: Int? = nil
    ) {
        self.command = command
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.retries = retries
    }
}

/// A container's wanted place on a network.
public struct EndpointConfiguration: Sendable, Hashable {
    /// A static address, for which the network needs a subnet of its own.
    public var address: String?
    /// The MAC address; nil for one that the engine chooses.
    public var mac: String?
    /// Further names of the container on the network.
    public var aliases: [String]
    /// Options of the network driver.
    public var driverOptions: [String: String]

    /// Creates a place on a network.
    public init(
        address: String? = nil, mac: String? = nil, aliases: [String] = [], driverOptions: [String: String] = [:]
    ) {
        self.address = address
        self.mac = mac
        self.aliases = aliases
        self.driverOptions = driverOptions
    }
}
