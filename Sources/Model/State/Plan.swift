/// The work to do, and nothing else: steps with their reasons, interruptions and dependencies.
public struct Plan: Sendable {
    /// The name of the environment that the plan is for.
    public var environment: String
    /// The host that the plan was made on.
    public var here: String
    /// The steps, each after those that it waits for; their indices are their numbers.
    public private(set) var steps: [Step]
    /// The parts of the environment that cannot be provided yet, with reasons.
    public var missing: [String]
    /// Remarks on parts of the environment that need no work, with reasons.
    public var notes: [String]

    /// Creates a plan of steps, which are in an order in which each comes after those that it waits for.
    public init(
        environment: String, here: String, steps: [Step] = [], missing: [String] = [], notes: [String] = []
    ) {
        self.environment = environment
        self.here = here
        self.steps = []
        self.missing = missing
        self.notes = notes
        for step in steps { append(step) }
    }

    /// Adds a step, which may wait for earlier ones.
    public mutating func append(_ step: Step) {
        var step = step
        step.isElsewhere = step.host != here
        steps.append(step)
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { steps.isEmpty }
    /// Whether something is lost by the plan, so that it waits for the user's consent.
    public var isDestructive: Bool { steps.contains(where: \.isDestructive) }
}

/// One step of a plan. Steps are numbered from zero, in an order in which each comes after those that it waits for.
public struct Step: Sendable, Hashable {
    /// The work that the step does.
    public var action: Action
    /// The reason, as a clause: `image changed`.
    public var reason: String
    /// The interruption that users notice meanwhile; nil for none.
    public var interrupts: String?
    /// The loss that the step causes; nil for none.
    public var destroys: String?
    /// The data that a member had and that its new container lacks, with the way to get it back.
    public var without: String?
    /// The indices of the steps that come first.
    public var after: [Int]
    /// The host that the step works on.
    public var host: String
    /// Whether `host` is another than the one that the plan was made on.
    public internal(set) var isElsewhere = false

    /// Creates a step, which by default interrupts and destroys nothing and waits for no other.
    public init(
        _ action: Action, reason: String, interrupts: String? = nil, destroys: String? = nil,
        without: String? = nil, after: [Int] = [], host: String
    ) {
        self.action = action
        self.reason = reason
        self.interrupts = interrupts
        self.destroys = destroys
        self.without = without
        self.after = after
        self.host = host
    }
}

/// The action of a step. Containers are named by their members; ids tell which ones the plan was made for.
public enum Action: Sendable, Hashable {
    case createNetwork(NetworkSpecification)
    case removeNetwork(name: String)
    /// Puts an interface of this host on a further network's bridge again.
    case attach(interface: String, network: String)
    /// Copies images of this host to another.
    case copyImages([String])
    /// Creates, starts and probes a new container in a slot, with its files; `leftover` is an unfinished one to remove
    /// first.
    case create(member: String, slot: Slot, leftover: String?)
    /// Probes a running container of the wanted specification that was never seen healthy.
    case verify(member: String, container: String)
    /// Makes the engine start a running container again whenever it ends, which it would not do so far, and probes it.
    case keep(member: String, container: String)
    /// Starts a stopped or paused container of the wanted specification again.
    case start(member: String, container: String)
    /// Replaces the old containers by a new one; `replacement` is set where an interrupted run left it.
    case replace(member: String, slot: Slot, old: [String], replacement: String?, order: Replacement)
    /// Gives a running container new files, by the lightest means.
    case configure(member: String, container: String, files: [String], cost: ChangeCost)
    /// Removes a container that is not wanted any more; its volumes stay.
    case remove(member: String, container: String)
    case stop(member: String, container: String)
    /// Makes a member hand over its workloads and stops it, before its pod is made anew.
    case vacate(member: String, container: String)
    case restart(member: String, container: String)
    case rename(member: String, container: String, name: String)
    /// Runs a job, for one member where each has its own.
    case runJob(service: String, name: String, member: String? = nil)
    /// Asks for a grant, for one member where each has its own.
    case grant(service: String, requirement: String, member: String? = nil)
    case register(service: String)
    case removeVolume(name: String)
    /// Deletes the entry of a member that is gone, at the API of the service that lists it.
    case withdraw(Departure, teller: String)
    /// Deletes the objects in Keystone that were made for a service.
    case deregister(service: String)
}

extension Step {
    /// The verb and object, as a plan prints them: `replace keystone1`, and elsewhere `replace keystone2 on HOST`.
    public var title: String { isElsewhere ? "\(deed) on \(host)" : deed }

    private var deed: String {
        switch action {
        case .createNetwork(let network): "create network \(network.name)"
        case .removeNetwork(let name): "remove network \(name)"
        case .attach(let interface, let network): "put \(interface) on network \(network)"
        case .copyImages(let names):
            names.count == 1 ? "have image \(names[0])" : "have \(names.count) images"
        case .create(let member, _, _): "create \(member)"
        case .verify(let member, _): "check \(member)"
        case .keep(let member, _): "keep \(member)"
        case .start(let member, _): "start \(member)"
        case .replace(let member, _, _, _, _): "replace \(member)"
        case .configure(let member, _, _, let cost): "\(cost.rawValue) \(member)"
        case .remove(let member, _): "remove \(member)"
        case .stop(let member, _): "stop \(member)"
        case .vacate(let member, _): "vacate \(member)"
        case .restart(let member, _): "restart \(member)"
        case .rename(let member, _, _): "rename \(member)"
        case .runJob(let service, let name, let member): "run \(member ?? service)/\(name)"
        case .grant(let service, let requirement, let member): "grant \(requirement) to \(member ?? service)"
        case .register(let service): "register \(service)"
        case .removeVolume(let name): "remove volume \(name)"
        case .withdraw(let departure, let teller): "withdraw \(departure.member) from \(teller)"
        case .deregister(let service): "deregister \(service)"
        }
    }

    /// Whether something is lost by the step.
    public var isDestructive: Bool { destroys != nil || without != nil }

    /// The line that a plan prints for the step.
    public var line: String {
        var line = "\(title): \(reason)"
        if let interrupts { line += " (interrupts \(interrupts))" }
        if let destroys { line += " [destroys \(destroys)]" }
        if let without { line += " [without \(without)]" }
        return line
    }
}
