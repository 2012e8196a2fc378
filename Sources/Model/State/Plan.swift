/// What to do, and nothing else: steps with reasons, what each interrupts, and what each waits for.
public struct Plan: Sendable {
    public var environment: String
    public var steps: [Step]
    /// What the environment asks for and this host cannot give.
    public var missing: [String]
    /// What the environment asks for and needs nothing done.
    public var notes: [String]

    public init(environment: String, steps: [Step] = [], missing: [String] = [], notes: [String] = []) {
        self.environment = environment
        self.steps = steps
        self.missing = missing
        self.notes = notes
    }

    public var isEmpty: Bool { steps.isEmpty }
    /// Whether something is lost by it, which it waits for a yes for.
    public var isDestructive: Bool { steps.contains(where: \.isDestructive) }
}

/// One thing to do. Steps are numbered from zero in an order that respects what they wait for.
public struct Step: Sendable, Hashable {
    public var action: Action
    /// One reason, as a clause: `image changed`.
    public var reason: String
    /// What users notice meanwhile.
    public var interrupts: String?
    /// What is lost by it.
    public var destroys: String?
    /// The data that a member had and begins without, and how it comes back.
    public var without: String?
    /// Indices of steps that come first.
    public var after: [Int]
    /// The host that it happens on.
    public var host: String

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

/// What a step does. Containers are named by what they are; ids say which one a plan rests on.
public enum Action: Sendable, Hashable {
    case createNetwork(NetworkSpecification)
    case removeNetwork(name: String)
    /// An interface of this host is put on a further network's bridge again.
    case attach(interface: String, network: String)
    /// Images that this host has are given to another.
    case copyImages([String])
    /// A new container in a slot, with files, started and probed; `leftover` is an unfinished one that goes first.
    case create(member: String, slot: Slot, leftover: String?)
    /// A running container of the wanted specification that was never seen healthy is probed.
    case verify(member: String, container: String)
    /// A running container that the engine would not start again after every end is so from then on, and probed.
    case keep(member: String, container: String)
    /// A stopped or paused container of the wanted specification runs again.
    case start(member: String, container: String)
    /// The new container takes over from the old ones; `replacement` is set where an interrupted run left it.
    case replace(member: String, slot: Slot, old: [String], replacement: String?, order: Replacement)
    /// New files for a running container, by the lightest means.
    case configure(member: String, container: String, files: [String], cost: ChangeCost)
    /// A container that is not wanted any more; its volumes stay.
    case remove(member: String, container: String)
    case stop(member: String, container: String)
    /// A member gives away what it runs and is stopped, before its pod is made anew.
    case vacate(member: String, container: String)
    case restart(member: String, container: String)
    case rename(member: String, container: String, name: String)
    case runJob(service: String, name: String)
    case grant(service: String, requirement: String)
    case register(service: String)
    case removeVolume(name: String)
    /// The entry of a member that is gone is deleted at the API of the service that tells of it.
    case withdraw(Departure, teller: String)
    /// What was registered for a service is deleted.
    case deregister(service: String)
}

extension Step {
    /// The verb and object, as the plan prints them: `replace keystone1`, and on another host than this one
    /// `replace keystone2 on HOST`.
    public var title: String { host == localHost || host.isEmpty ? deed : "\(deed) on \(host)" }

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
        case .runJob(let service, let name): "run \(service)/\(name)"
        case .grant(let service, let requirement): "grant \(requirement) to \(service)"
        case .register(let service): "register \(service)"
        case .removeVolume(let name): "remove volume \(name)"
        case .withdraw(let departure, let teller): "withdraw \(departure.member) from \(teller)"
        case .deregister(let service): "deregister \(service)"
        }
    }

    /// Whether something is lost by it.
    public var isDestructive: Bool { destroys != nil || without != nil }

    /// The line that a plan prints.
    public var line: String {
        var line = "\(title): \(reason)"
        if let interrupts { line += " (interrupts \(interrupts))" }
        if let destroys { line += " [destroys \(destroys)]" }
        if let without { line += " [without \(without)]" }
        return line
    }
}
