import Model
import System

/// An executor of a plan, without decisions of its own. Every step can be repeated, so that the next run finishes a
/// killed one.
public struct Executor: Sendable {
    let plan: Plan
    let members: [String: DesiredMember]
    let desired: DesiredState
    let observed: [String: ObservedContainer]
    /// The sidecars beside each container, as the plan was made for them.
    let sidecars: [String: [ObservedContainer]]
    let contents: any Contents
    let hosts: [String: any HostEngine]
    let recorder: any Recorder
    let registrar: any Registrar
    let prober: any Prober
    let reporter: any Reporter
    let containers: ContainerDirectory

    /// The number of steps that work at the same time; the engine gains nothing beyond a few.
    public var width = 6

    /// The clock of the polling of members and jobs.
    var clock: any Clock<Duration> = ContinuousClock()

    /// The attacher, which puts interfaces of this host on networks.
    public var attacher: (any Attacher)?

    /// The number of steps that are under way at the same time, including those that wait for started members.
    private var breadth: Int { width == 1 ? 1 : 3 * width }

    /// Creates an executor of a plan that was made from these two states; `hosts` has the engines by hosts' names.
    public init(
        plan: Plan, desired: DesiredState, observed: Observation, contents: any Contents,
        hosts: [String: any HostEngine], recorder: any Recorder, registrar: any Registrar, prober: any Prober,
        reporter: any Reporter
    ) {
        self.plan = plan
        self.desired = desired
        members = Dictionary(desired.members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.observed = Dictionary(observed.containers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        sidecars = Dictionary(
            grouping: observed.containers.filter { $0.sidecarOf != nil && $0.pod != nil }, by: { $0.pod ?? "" })
        self.contents = contents
        self.hosts = hosts
        self.recorder = recorder
        self.registrar = registrar
        self.prober = prober
        self.reporter = reporter
        containers = ContainerDirectory(observed.containers)
    }

    /// Carries out every step. Throws `ApplyFailure` when some failed or were not reached.
    public func run() async throws {
        let graph = StepGraph(steps: plan.steps, width: width, breadth: breadth, pace: try await pace())
        let result = await graph.run { number, turn in
            let step = plan.steps[number]
            reporter.started(step, number: number)
            let clock = ContinuousClock()
            let start = clock.now
            do {
                try await perform(step, number: number, turn: turn)
            } catch {
                reporter.failed(step, number: number, error: error)
                throw error
            }
            reporter.finished(step, number: number, seconds: (clock.now - start).seconds)
        }
        for number in result.skipped { reporter.skipped(plan.steps[number], number: number) }
        if Task.isCancelled { throw CancellationError() }
        if !result.failed.isEmpty || !result.skipped.isEmpty {
            throw ApplyFailure(
                failed: result.failed.map { (plan.steps[$0.0], $0.1) },
                skipped: result.skipped.map { plan.steps[$0] })
        }
    }

    /// The number of steps that may start processes anew at the same time, by host: its number of processors.
    private func pace() async throws -> [String: Int] {
        let counts = Dictionary(grouping: plan.steps.filter(\.action.startsAnew), by: \.host).mapValues(\.count)
        var pace: [String: Int] = [:]
        for (name, count) in counts where count > 1 { pace[name] = try await host(name).processors() }
        return pace
    }

    /// The engine of a host.
    func host(_ name: String) throws -> any HostEngine {
        guard let host = hosts[name] else { throw UnknownHost(name: name) }
        return host
    }

    /// The engine of the host with a volume: this host where a member that uses the volume is on it, else the host of
    /// such a member.
    func host(ofVolume name: String) throws -> any HostEngine {
        let users = desired.members.filter { member in
            member.specification.mounts.contains { $0.volume == name }
        }.map(\.identity.host)
        return try host(users.contains(plan.here) ? plan.here : users.first ?? plan.here)
    }

    private func perform(_ step: Step, number: Int, turn: Turn) async throws {
        try await recorder.requireLock()
        let host = try host(step.host)
        let context = StepContext(executor: self, host: host, step: step, number: number, turn: turn)
        switch step.action {
        case .createNetwork(let network):
            try await host.createNetwork(network, labels: [Labels.environment: plan.environment])
        case .removeNetwork(let name): try await host.removeNetwork(name)
        case .attach(let interface, let network): try await attacher?.attach(interface, to: network)
        case .copyImages(let names): try await copyImages(names, from: self.host(plan.here), to: host)
        case .create(let member, let slot, let leftover):
            if let leftover { try await context.discard(leftover) }
            let id = try await context.make(member, slot: slot)
            try await host.start(id)
            try await context.confirm(member, container: id, slot: slot)
        case .verify(let member, let container):
            try await context.confirm(member, container: container, slot: context.slot(of: container))
        case .keep(let member, let container):
            try await context.keepRunning(container)
            try await context.confirm(member, container: container, slot: context.slot(of: container))
        case .start(let member, let container):
            try await recorder.forget(.member(member))
            try await context.resume(container)
            try await context.confirm(member, container: container, slot: context.slot(of: container))
        case .restart(let member, let container):
            try await context.restart(member, container: container)
        case .replace(let member, let slot, let old, let replacement, let order):
            try await context.replace(member, slot: slot, old: old, replacement: replacement, order: order)
        case .configure(let member, let container, _, let cost):
            try await context.configure(member, container: container, cost: cost)
        case .remove(let member, let container):
            try await context.drain(departing: member, container: container)
            // Requests in flight are finished by now; from here the engine only waits for the container's end.
            turn.giveWay()
            context.note("waiting for its end")
            try await context.halt(container)
            try await context.discard(container)
        case .stop(let member, let container):
            try await context.drainStopped(member, container: container)
            turn.giveWay()
            context.note("waiting for its end")
            try await context.halt(container)
        case .vacate(let member, let container): try await context.vacate(member, container: container)
        case .rename(let member, let container, let name):
            try await host.rename(container, to: name)
            try await context.confirm(member, container: container, slot: context.slot(of: container))
        case .runJob(let service, let name, let member):
            try await context.runJob(.done(job: name, of: service, for: member), label: "\(member ?? service)/\(name)")
        case .grant(let service, let requirement, let member):
            try await context.grant(
                .done(grant: requirement, to: service, for: member), label: "\(member ?? service)/\(requirement)")
        case .withdraw(let departure, let teller):
            context.note("waiting for \(teller)")
            try await registrar.withdraw(departure, teller: teller)
            try await recorder.forget(departure)
        case .deregister(let service):
            context.note("waiting for the service that keeps identities")
            try await registrar.deregister(service: service)
            try await recorder.forget(.registration(service: service))
        case .register(let service):
            context.note("waiting for the service that keeps identities")
            try await registrar.register(service: service)
            let registration = desired.registrations.first { $0.service == service }
            try await context.recordDone(
                .registration(service: service), inputs: registration?.inputs ?? "", anchor: registration?.anchor)
        case .removeVolume(let name): try await host.removeVolume(name)
        }
    }
}

/// The error of a plan that names a host which the environment does not have.
struct UnknownHost: Error, CustomStringConvertible {
    let name: String
    var description: String { "the environment has no host \(name) that can be reached" }
}

/// A directory of the container that each member runs in at the moment.
final class ContainerDirectory: Sendable {
    private let entries: Locked<[String: String]>

    init(_ containers: [ObservedContainer]) {
        var entries: [String: String] = [:]
        for container in containers where container.isRunningMember {
            entries[container.member] = container.id
        }
        self.entries = Locked(entries)
    }

    subscript(member: String) -> String? {
        get { entries.withLock { $0[member] } }
        set { entries.withLock { $0[member] = newValue } }
    }
}

/// The failure of a run that did not carry out the whole plan.
public struct ApplyFailure: Error, CustomStringConvertible {
    /// The steps that failed, with their errors, in the order of their failures.
    public let failed: [(Step, any Error)]
    /// The steps that were not begun, in the order of the plan.
    public let skipped: [Step]

    /// A line for each failed step, one for those that were not begun, and the remedy.
    public var description: String {
        var lines = failed.map { "\($0.0.title) failed: \($0.1)" }
        if !skipped.isEmpty {
            lines.append("not begun: " + skipped.map(\.title).joined(separator: ", "))
        }
        lines.append("finished work stays; run the same command again once the cause is fixed")
        return lines.joined(separator: "\n")
    }
}
