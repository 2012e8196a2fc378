/// The configuration of a container to create.
public struct ContainerConfiguration: Sendable, Hashable {
    public var image: String
    /// nil for the image's command.
    public var command: [String]?
    /// nil for the image's entrypoint; an empty list means none.
    public var entrypoint: [String]?
    public var user: String?
    public var workingDirectory: String?
    public var environment: [String: String] = [:]
    public var labels: [String: String] = [:]
    public var hostname: String?
    public var domainname: String?
    public var stopSignal: String?
    /// The time that `stop` waits before it kills the container, in whole seconds.
    public var stopTimeout: Duration?
    public var healthCheck: HealthCheck?
    public var terminal = false
    public var openInput = false
    /// Ports, as `80/tcp`, that the container declares beside the published ones.
    public var exposedPorts: [String] = []
    public var host = HostConfiguration()
    /// The container's wanted place on each network, by the network's name.
    public var networks: [String: EndpointConfiguration] = [:]

    public init(image: String, command: [String]? = nil) {
        self.image = image
        self.command = command
    }
}

/// A check that the engine runs in the container.
public struct HealthCheck: Sendable, Hashable {
    /// A program with its arguments; nil turns the image's own check off.
    public var command: [String]?
    public var interval: Duration?
    public var timeout: Duration?
    public var startPeriod: Duration?
    public var retries: Int?

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
    public var mac: String?
    public var aliases: [String]
    public var driverOptions: [String: String]

    public init(
        address: String? = nil, mac: String? = nil, aliases: [String] = [], driverOptions: [String: String] = [:]
    ) {
        self.address = address
        self.mac = mac
        self.aliases = aliases
        self.driverOptions = driverOptions
    }
}
