/// The state that an environment should have: members, the work that prepares them, and dependencies. It is computed
/// without side effects, in the order in which the environment's file has the services.
public struct DesiredState: Sendable {
    /// The environment's name.
    public var environment: String
    /// The networks of each host, the environment's own first, by the host's name.
    public var networks: [String: [NetworkSpecification]]
    /// The members of all services, each followed by its sidecars.
    public var members: [DesiredMember]
    /// The jobs of all services, one for each member where each has its own.
    public var jobs: [DesiredJob]
    /// The grants that services require of each other, one for each member where each has its own.
    public var grants: [DesiredGrant]
    /// The registrations in Keystone, one for each service that has entries there.
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

    /// Creates a state without members or work.
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
    /// The network's name on the engine.
    public var name: String
    /// The addresses of the network, the same on all hosts.
    public var subnet: IPv4Network
    /// The engine's own address on the network, another one on each host.
    public var gateway: IPv4Address
    /// The largest packet in bytes; nil for the engine's default.
    public var mtu: Int?
    /// The addresses from which the engine serves short-lived containers; every host has a part of its own.
    public var range: IPv4Network

    /// Creates a network; without a range, short-lived containers get the upper quarter of the subnet.
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
    /// The member's name, with its region, host and environment.
    public var identity: MemberIdentity
    /// The service that the member is of.
    public var service: String
    /// The name of the service's recipe.
    public var recipe: String
    /// The properties that only a new container can change.
    public var specification: ContainerSpecification
    /// The hash of the specification's parts, which is the container's label.
    public var digest: String
    /// The wanted files, by their paths and hashes.
    public var files: [FileDigest]
    /// The check whether the member answers; nil where a container that runs counts as healthy.
    public var probe: Probe?
    /// The order in which the old container ends and the new one starts.
    public var replacement: Replacement
    /// The time that the front waits for requests in flight before a container is stopped.
    public var drain: Duration
    /// The way in which the running process takes changed files; nil where it must restart.
    public var reload: ReloadMethod?
    /// The interruption that users notice while the member is down, in words; nil for none.
    public var interrupts: String?
    /// The command that the member runs before its pod is made anew.
    public var vacating: Vacating?
    /// The front's backends that the member serves; empty where it is behind none.
    public var backends: [String]
    /// Whether the member is of the front, the reverse proxy that requests come through.
    public var isFront: Bool
    /// The name of the member whose sidecar this is; nil for a member itself. A sidecar joins the network and process
    /// namespaces of its member's container, which is its specification's `pod`.
    public var sidecarOf: String?
    /// The milestones to reach before the member's container is made or changed.
    public var after: [Milestone]
    /// Further milestones that come first where a container of the member serves already and is replaced or restarted.
    public var afterToReplace: [Milestone] = []
    /// The names, on the engine, of volumes with data that was granted to the service. If one is created anew, the
    /// member is restarted, because that data is gone.
    public var anchors: [String]
    /// The member's volumes that keep data.
    public var data: [DataVolume]
    /// Further labels of the container, beside those that every member's has.
    public var labels: [String: String]

    /// Creates a member without files or a probe, which waits for nothing and is stopped before it is replaced.
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

    /// The member's name, unique in its environment.
    public var name: String { identity.member }

    /// The name of a member's sidecar. No member has a name with a full stop.
    public static func name(ofSidecar sidecar: String, of member: String) -> String { "\(member).\(sidecar)" }
}

/// The way in which a member hands over its workloads.
public struct Vacating: Sendable, Hashable {
    /// The command that runs in the member's container.
    public var command: [String]
    /// The time limit of the command.
    public var within: Duration
    /// The interruption that users notice; nil for none.
    public var interrupts: String?

    /// Creates a hand-over.
    public init(command: [String], within: Duration, interrupts: String?) {
        self.command = command
        self.within = within
        self.interrupts = interrupts
    }
}

/// The check whether a member answers, with every address resolved but the member's own.
public struct Probe: Sendable, Hashable {
    /// The question that is put to a member, and the answer that counts as healthy.
    public enum Method: Sendable, Hashable {
        case http(port: Int, path: String, status: [Int], contains: String?)
        case tcp(port: Int, send: String?, expect: String?)
        case exec([String])
    }

    /// The way in which the member is asked.
    public var method: Method
    /// The time limit of one try.
    public var timeout: Duration
    /// The time limit of all tries together.
    public var within: Duration

    /// Creates a check.
    public init(method: Method, timeout: Duration, within: Duration) {
        self.method = method
        self.timeout = timeout
        self.within = within
    }
}

/// A job: a short-lived container.
public struct DesiredJob: Sendable {
    /// The service that has the job.
    public var service: String
    /// The job's name, unique in its service.
    public var name: String
    /// The member that the job runs for; nil where it runs once for all.
    public var member: String?
    /// The host of the job; like the region, it is that of its member or else of the service's first one.
    public var host: String
    /// The region, which is a label of the container.
    public var region: String
    /// The properties of the job's container.
    public var specification: ContainerSpecification
    /// The files of the job's container, by their paths and hashes.
    public var files: [FileDigest]
    /// The hash of everything whose change makes the job run again.
    public var inputs: String
    /// The name, on the engine, of the volume that keeps the job's result; if it is created anew, the job runs again.
    public var anchor: String?
    /// The milestone that counts as well: the job was done for the member whose data, the anchor, this one takes over.
    public var formerMilestone: Milestone?
    /// The milestones to reach before the job runs.
    public var after: [Milestone]
    /// The time limit of a run.
    public var timeout: Duration

    /// Creates a job without files, which waits for nothing and has 600 s for a run.
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

    /// The job's name in messages, `OWNER/NAME`.
    public var label: String { "\(owner)/\(name)" }

    /// The member that has the job, or else the service.
    public var owner: String { member ?? service }

    /// The milestone that the job reaches when its container has ended with 0.
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
    /// The service that requires the resource.
    public var service: String
    /// The name of the requirement in the service's recipe.
    public var requirement: String
    /// The member that the grant is for; nil where it is one for all.
    public var member: String?
    /// The member of the providing service in which `exec` runs.
    public var provider: String
    /// The command that grants; it reads the wanted resource from its standard input.
    public var exec: [String]
    /// The hash of the command and its input, whose change makes the grant be asked for again.
    public var inputs: String
    /// The name, on the engine, of the volume that keeps the result, if any; a new volume needs the grant again.
    public var anchor: String?
    /// The milestones to reach before the grant is asked for.
    public var after: [Milestone]

    /// Creates a grant that waits for nothing and is one for all members.
    public init(service: String, requirement: String, provider: String, exec: [String]) {
        self.service = service
        self.requirement = requirement
        self.provider = provider
        self.exec = exec
        inputs = ""
        after = []
    }

    /// The grant's name, `OWNER/REQUIREMENT`, where the owner is the member or else the service.
    public var label: String { "\(member ?? service)/\(requirement)" }

    /// The milestone that the grant reaches when its command has exited with 0.
    public var milestone: Milestone { .done(grant: requirement, to: service, for: member) }
}

/// The entries in Keystone that a service should have. Passwords are resolved only when the entries are made.
public struct DesiredRegistration: Sendable {
    /// The service that the entries are for.
    public var service: String
    /// The hash of the entries with their passwords, whose change makes the service be registered again.
    public var inputs: String
    /// The name, on the engine, of the volume with Keystone's data, if any; a new volume needs the entries again.
    public var anchor: String?
    /// The milestones to reach before the entries are made.
    public var after: [Milestone]

    /// Creates a registration.
    public init(service: String, inputs: String, after: [Milestone]) {
        self.service = service
        self.inputs = inputs
        self.after = after
    }
}
