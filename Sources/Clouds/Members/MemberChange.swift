import Applying
import Model

/// A start, stop or restart of members.
package enum MemberChange: Sendable {
    case start
    case stop
    /// A restart, of a service's members one after another.
    case restart

    /// The plan that makes the change to containers, and the names of the members that it changes.
    ///
    /// A container whose namespaces others join, a pod's holder or a member with sidecars, starts before them and stops
    /// after them; while it restarts, they are stopped. Before a pod ends, members in it hand over what they run, one
    /// pod after another, and whatever else stops or restarts does so after that.
    ///
    /// - Parameter here: the host that the session works from.
    package func plan(
        for containers: [ObservedContainer], in desired: DesiredState, here: String
    ) -> (plan: Plan, members: [String]) {
        let namespaces = JoinedNamespaces(containers)
        let vacating = Set(desired.members.filter { $0.vacating != nil }.map(\.name))
        var builder = PlanBuilder(environment: desired.environment, here: here)
        var members: [String] = []
        // Of each service, the last steps of the member that restarts last so far.
        var previous: [String: [Milestone]] = [:]

        // The members that hand over what they run before a pod ends.
        func leaving(_ pod: ObservedContainer) -> [ObservedContainer] {
            if self == .start { return [] }
            return namespaces.members(of: pod).filter { $0.state == .running && vacating.contains($0.member) }
        }
        // Adds a step, if there is one, and returns what the last steps so far reach.
        func add(_ action: Action?, to container: ObservedContainer, after: [Milestone]) -> [Milestone] {
            guard let action else { return after }
            let step = Step(action, reason: "asked for", host: container.host)
            builder.append(step, after: after)
            if !members.contains(container.member) { members.append(container.member) }
            return [step.milestone]
        }
        // Starts, or stops, containers and those in their namespaces.
        func start(_ containers: [ObservedContainer], after outer: [Milestone]) -> [Milestone] {
            containers.isEmpty
                ? outer
                : containers.flatMap { container in
                    let last = add(starting(container, in: desired), to: container, after: outer)
                    return start(namespaces.members(of: container), after: last)
                }
        }
        func stop(_ containers: [ObservedContainer], after outer: [Milestone]) -> [Milestone] {
            containers.isEmpty
                ? outer
                : containers.flatMap { container in
                    let last = stop(namespaces.members(of: container), after: outer)
                    return add(stopping(container), to: container, after: last)
                }
        }
        func change(_ container: ObservedContainer, after outer: [Milestone]) -> [Milestone] {
            var last = outer
            if self == .restart, container.sidecarOf == nil { last += previous[container.service] ?? [] }
            let handovers = leaving(container).flatMap {
                add(.vacate(member: $0.member, container: $0.id), to: $0, after: last)
            }
            if !handovers.isEmpty { last = handovers }
            let inner = namespaces.members(of: container)
            switch self {
            case .start: last = start([container], after: last)
            case .stop: last = stop([container], after: last)
            case .restart:
                last = stop(inner, after: last)
                let restart = Action.restart(member: container.member, container: container.id)
                last = add(newFiles(for: container, in: desired) ?? restart, to: container, after: last)
                last = start(inner, after: last)
            }
            if container.sidecarOf == nil { previous[container.service] = last }
            return last
        }
        // The workloads of one pod may move to the next.
        let pods = namespaces.outermost.filter { !leaving($0).isEmpty }
        let last = pods.reduce([]) { change($1, after: $0) }
        for container in namespaces.outermost where !pods.contains(container) { _ = change(container, after: last) }
        return (builder.plan, members)
    }

    /// The action that starts a container, which a restart has stopped before; nil where it runs and goes on.
    private func starting(_ container: ObservedContainer, in desired: DesiredState) -> Action? {
        if self == .start, container.state == .running { return nil }
        return newFiles(for: container, in: desired) ?? .start(member: container.member, container: container.id)
    }

    /// The action that stops a container; nil where it does not run.
    private func stopping(_ container: ObservedContainer) -> Action? {
        [.running, .restarting].contains(container.state)
            ? .stop(member: container.member, container: container.id) : nil
    }

    /// The action that starts a member's container with its wanted files, where it does not run and has others, which
    /// may be why; nil otherwise.
    private func newFiles(for container: ObservedContainer, in desired: DesiredState) -> Action? {
        guard [.exited, .restarting].contains(container.state), let manifest = container.manifest,
            let member = desired.members.first(where: { $0.name == container.member }),
            member.digest == container.digest
        else { return nil }
        let changed = member.files.filter { manifest.files[$0.path] != $0.digest }.map(\.path)
        if changed.isEmpty { return nil }
        return .configure(member: member.name, container: container.id, files: changed, cost: .restart)
    }
}

extension Session {
    /// Starts, stops or restarts members, with what is in their pods, and waits until those that run are healthy.
    ///
    /// - Parameters:
    ///   - names: the names of members or services; none for all.
    ///   - command: the command's name, which tells other runs who has the lock.
    /// - Returns: the names of the members that were changed.
    /// - Throws: `Problems` for names that mean no container; `ApplyFailure` where steps have failed.
    package func control(
        _ change: MemberChange, _ names: [String], for command: String, showing: ShowingSteps
    ) async throws -> [String] {
        return try await withLock(for: command) {
            let survey = try await survey()
            let selection = MemberSelection(survey.observed, declared: survey.resolver.layout)
            let named = JoinedNamespaces(selection.containers).whole(try selection.containers(named: names))
            let chosen = try await notingCrashes(in: named)
            let (plan, members) = change.plan(for: chosen, in: survey.desired, here: survey.observed.here)
            try await showing(plan.steps.count) { try await survey.apply(plan, reporter: $0, width: 6) }
            return members
        }
    }

    /// The containers, of which one that runs between two crashes counts as restarting, as it does in between.
    private func notingCrashes(in containers: [ObservedContainer]) async throws -> [ObservedContainer] {
        var containers = containers
        for (index, container) in containers.enumerated() where container.hasJustBegun {
            guard let condition = try await host(of: container).condition(of: container.id) else { continue }
            if condition.restarts > 0 { containers[index].state = .restarting }
        }
        return containers
    }
}

extension ObservedContainer {
    /// Whether the container has been running for less than a minute, as its status says: `Up 5 seconds`.
    var hasJustBegun: Bool { state == .running && status.hasPrefix("Up ") && status.contains(" second") }
}
