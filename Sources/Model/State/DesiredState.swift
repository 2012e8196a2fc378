/// What an environment should be: members, the work that prepares them, and what depends on what. Pure and sorted.
public struct DesiredState: Sendable {
    public var environment: String
    public var network: NetworkSpecification
    /// Those beside it, for traffic of its own.
    public var furtherNetworks: [NetworkSpecification]
    /// All of these as hosts other than this one have them, by the host's name.
    public var remoteNetworks: [String: [NetworkSpecification]] = [:]
    public var members: [DesiredMember]
    public var jobs: [DesiredJob]
    public var grants: [DesiredGrant]
    public var registrations: [DesiredRegistration]
    /// The services whose APIs tell of members of others.
    public var tellers: [Teller] = []
    /// What was asked for and cannot run yet, each with its reason: a type without a recipe, a host that is not this one.
    public var missing: [String]
    /// What was asked for and needs nothing done, each with its reason: a service that no longer exists.
    public var notes: [String]

    public init(environment: String, network: NetworkSpecification) {
        self.environment = environment
        self.network = network
        furtherNetworks = []
        members = []
        jobs = []
        grants = []
        registrations = []
        missing = []
        notes = []
    }

    /// The networks that a host has.
    public func networks(on host: String) -> [NetworkSpecification] {
        remoteNetworks[host] ?? [network] + furtherNetworks
    }
}

/// A network that members of an environment share on a host.
public struct NetworkSpecification: Sendable, Hashable {
    public var name: String
    public var subnet: IPv4Network
    public var gateway: IPv4Address
    public var mtu: Int?
    /// What the engine addresses short-lived containers from; every host has a part of its own.
    public var range: IPv4Network

    public init(
        name: String, subnet: IPv4Network, gateway: IPv4Address, mtu: Int? = nil, range: IPv4Network? = nil
    ) {
        self.name = name
        self.subnet = subnet
        self.gateway = gateway
        self.mtu = mtu
        self.range = range ?? subnet.shortLived
    }
}

/// Something that a step can wait for.
public enum Milestone: Sendable, Hashable, Comparable {
    /// The member is healthy with its wanted specification and files.
    case member(String)
    /// The job `name` of a service is done.
    case job(service: String, name: String)
    /// The grant for the requirement of a service is done.
    case grant(service: String, requirement: String)
    /// The service is registered in Keystone.
    case registration(service: String)
}

/// A member as it should run.
public struct DesiredMember: Sendable {
    public var identity: MemberIdentity
    public var service: String
    public var recipe: String
    public var specification: ContainerSpecification
    /// The hash of the specification's parts; the container's label.
    public var digest: String
    public var files: [FileDigest]
    public var probe: Probe?
    public var replacement: Replacement
    public var drain: Duration
    public var reload: ReloadMethod?
    public var interrupts: String?
    /// What it does before its pod is made anew.
    public var vacating: Vacating?
    /// What it does before it goes for good.
    public var leaving: Vacating?
    /// The front's backends that the member serves, empty where it is behind none.
    public var backends: [String]
    public var isFront: Bool
    public var after: [Milestone]
    /// What comes first as well where a container of it serves already and is touched.
    public var afterToReplace: [Milestone] = []
    /// The volumes on the engine that keep what its service was granted; in new ones is nothing of what it knows.
    public var anchors: [String]
    /// Its volumes that keep data.
    public var data: [DataVolume]
    public var labels: [String: String]

    public init(identity: MemberIdentity, service: String, recipe: String, specification: ContainerSpecification) {
        self.identity = identity
        self.service = service
        self.recipe = recipe
        self.specification = specification
        digest = ""
        files = []
        replacement = .stopFirst
        drain = .seconds(30)
        backends = []
        isFront = false
        after = []
        anchors = []
        data = []
        labels = [:]
    }

    public var name: String { identity.member }
}

/// How a member gives away what it runs.
public struct Vacating: Sendable, Hashable {
    /// What is run in its container.
    public var command: [String]
    public var within: Duration
    /// What users notice of it.
    public var interrupts: String?

    public init(command: [String], within: Duration, interrupts: String?) {
        self.command = command
        self.within = within
        self.interrupts = interrupts
    }
}

/// How to find out whether a member answers, with every address resolved but the member's own.
public struct Probe: Sendable, Hashable {
    public enum Method: Sendable, Hashable {
        case http(port: Int, path: String, status: [Int], contains: String?)
        case tcp(port: Int, send: String?, expect: String?)
        case exec([String])
    }

    public var method: Method
    public var timeout: Duration
    public var within: Duration

    public init(method: Method, timeout: Duration, within: Duration) {
        self.method = method
        self.timeout = timeout
        self.within = within
    }
}

/// A short-lived container.
public struct DesiredJob: Sendable {
    public var service: String
    public var name: String
    /// Where it runs and what it resembles: the service's first member.
    public var host: String
    public var region: String
    public var specification: ContainerSpecification
    public var files: [FileDigest]
    /// The hash of all that makes it run again.
    public var inputs: String
    /// The volume on the engine whose renewal runs it again.
    public var anchor: String?
    public var after: [Milestone]
    public var timeout: Duration

    public init(service: String, name: String, host: String, region: String, specification: ContainerSpecification) {
        self.service = service
        self.name = name
        self.host = host
        self.region = region
        self.specification = specification
        files = []
        inputs = ""
        after = []
        timeout = .seconds(600)
    }

    public var label: String { "\(service)/\(name)" }

    /// The name of its container.
    public func containerName(environment: String) -> String {
        Self.containerName(environment: environment, service: service, name: name)
    }

    /// The name of the container of a service's job.
    public static func containerName(environment: String, service: String, name: String) -> String {
        "\(environment)-\(service)-\(name)"
    }
}

/// Something that one service asks of another: a database, a message queue's user.
public struct DesiredGrant: Sendable {
    public var service: String
    public var requirement: String
    /// The member of the providing service in which `exec` runs.
    public var provider: String
    public var exec: [String]
    public var inputs: String
    public var anchor: String?
    public var after: [Milestone]

    public init(service: String, requirement: String, provider: String, exec: [String]) {
        self.service = service
        self.requirement = requirement
        self.provider = provider
        self.exec = exec
        inputs = ""
        after = []
    }

    public var label: String { "\(service)/\(requirement)" }
}

/// What Keystone should know of a service. Passwords are resolved only when it is carried out.
public struct DesiredRegistration: Sendable {
    public var service: String
    public var inputs: String
    public var anchor: String?
    public var after: [Milestone]

    public init(service: String, inputs: String, after: [Milestone]) {
        self.service = service
        self.inputs = inputs
        self.after = after
    }
}
