/// The state that an environment should have: members, the work that prepares them, and dependencies. It is computed
/// without side effects, and sorted.
public struct DesiredState: Sendable {
    public var environment: String
    /// The networks of each host, the environment's own first, by the host's name.
    public var networks: [String: [NetworkSpecification]]
    public var members: [DesiredMember]
    public var jobs: [DesiredJob]
    public var grants: [DesiredGrant]
    public var registrations: [DesiredRegistration]
    /// The services whose APIs list members of other services.
    public var tellers: [Teller] = []
    /// The commands that members run before they are removed for good, by service, including services that have left
    /// the environment.
    public var leaving: [String: Vacating] = [:]
    /// The parts that cannot be provided yet, each with its reason: a service without a recipe, a host that is not this
    /// one.
    public var missing: [String]
    /// Remarks on parts that need no work, each with its reason: a service that no longer exists.
    public var notes: [String]

    public init(environment: String, networks: [String: [NetworkSpecification]]) {
        self.environment = environment
        self.networks = networks
        members = []
        jobs = []
        grants = []
        registrations = []
        missing = []
        notes = []
    }

    /// Whether a network is the environment's own, rather than a further one for traffic of its own.
    public func isOwn(network name: String) -> Bool { networks.values.contains { $0.first?.name == name } }
}

/// A network that members of an environment share on a host.
public struct NetworkSpecification: Sendable, Hashable {
    public var name: String
    public var subnet: IPv4Network
    public var gateway: IPv4Address
    public var mtu: Int?
    /// The addresses from which the engine serves short-lived containers; every host has a part of its own.
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

/// A member as it should run.
public struct DesiredMember: Sendable {
    public var identity: MemberIdentity
    public var service: String
    public var recipe: String
    public var specification: ContainerSpecification
    /// The hash of the specification's parts, which is the container's label.
    public var digest: String
    public var files: [FileDigest]
    public var probe: Probe?
    public var replacement: Replacement
    public var drain: Duration
    public var reload: ReloadMethod?
    public var interrupts: String?
    /// The command that the member runs before its pod is made anew.
    public var vacating: Vacating?
    /// The front's backends that the member serves; empty where it is behind none.
    public var backends: [String]
    public var isFront: Bool
    /// The name of the member whose sidecar this is; nil for a member itself. A sidecar joins the network and process
    /// namespaces of its member's container, which is its specification's `pod`.
    public var sidecarOf: String?
    public var after: [Milestone]
    /// Further milestones that come first where a container of the member serves already and is replaced or restarted.
    public var afterToReplace: [Milestone] = []
    /// The names, on the engine, of volumes with data that was granted to the service. If one is created anew, the
    /// member is restarted, because that data is gone.
    public var anchors: [String]
    /// The member's volumes that keep data.
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

    /// The name of a member's sidecar. No member has a name with a full stop.
    public static func name(ofSidecar sidecar: String, of member: String) -> String { "\(member).\(sidecar)" }
}

/// The way in which a member hands over its workloads.
public struct Vacating: Sendable, Hashable {
    /// The command that runs in the member's container.
    public var command: [String]
    public var within: Duration
    /// The interruption that users notice; nil for none.
    public var interrupts: String?

    public init(command: [String], within: Duration, interrupts: String?) {
        self.command = command
        self.within = within
        self.interrupts = interrupts
    }
}

/// The check whether a member answers, with every address resolved but the member's own.
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

/// A job: a short-lived container.
public struct DesiredJob: Sendable {
    public var service: String
    public var name: String
    /// The member that the job runs for; nil where it runs once for all.
    public var member: String?
    /// The host of the job; like the region, it is that of its member or else of the service's first one.
    public var host: String
    public var region: String
    public var specification: ContainerSpecification
    public var files: [FileDigest]
    /// The hash of everything whose change makes the job run again.
    public var inputs: String
    /// The name, on the engine, of the volume that keeps the job's result; if it is created anew, the job runs again.
    public var anchor: String?
    /// The milestone that counts as well: the job was done for the member whose data, the anchor, this one takes over.
    public var formerMilestone: Milestone?
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

    public var label: String { "\(owner)/\(name)" }

    /// The member that has the job, or else the service.
    public var owner: String { member ?? service }

    public var milestone: Milestone { .done(job: name, of: service, for: member) }

    /// The name of the job's container.
    public func containerName(environment: String) -> String {
        Self.containerName(environment: environment, owner: owner, name: name)
    }

    /// The name of the container of a job, whose owner is a service or a member.
    public static func containerName(environment: String, owner: String, name: String) -> String {
        "\(environment)-\(owner)-\(name)"
    }
}

/// A resource that one service requires of another, such as a database or a message queue's user.
public struct DesiredGrant: Sendable {
    public var service: String
    public var requirement: String
    /// The member that the grant is for; nil where it is one for all.
    public var member: String?
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

    public var label: String { "\(member ?? service)/\(requirement)" }

    public var milestone: Milestone { .done(grant: requirement, to: service, for: member) }
}

/// The entries in Keystone that a service should have. Passwords are resolved only when the entries are made.
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
