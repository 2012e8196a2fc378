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
    /// - Parameter here: the host that the session works from.
    package func plan(
        for containers: [ObservedContainer], in desired: DesiredState, here: String
    ) -> (plan: Plan, members: [String]) {
        var plan = Plan(environment: desired.environment, here: here)
        var members: [String] = []
        var previous: [String: Int] = [:]
        var own: [String: [Int]] = [:]
        var beside: [String: [Int]] = [:]
        for container in inOrder(containers) {
            guard let action = action(on: container, in: desired) else { continue }
            var step = Step(action, reason: "asked for", host: container.host)
            if self == .restart, let index = previous[container.service] { step.after = [index] }
            // A sidecar starts after its member, and ends before it.
            let partners = container.sidecarOf.map { own[$0] } ?? beside[container.member]
            step.after = Set(step.after).union(partners ?? []).sorted()
            if let member = container.sidecarOf {
                beside[member, default: []].append(plan.steps.count)
            } else {
                own[container.member, default: []].append(plan.steps.count)
            }
            previous[container.service] = plan.steps.count
            plan.append(step)
            members.append(container.member)
        }
        return (plan, members)
    }

    /// The containers, each member's before its sidecars, or after them where all stop.
    private func inOrder(_ containers: [ObservedContainer]) -> [ObservedContainer] {
        let sidecars = Dictionary(grouping: containers.filter { $0.sidecarOf != nil }) { $0.sidecarOf ?? "" }
        let members = containers.filter { $0.sidecarOf == nil }
        let present = Set(members.map(\.member))
        let others = containers.filter { $0.sidecarOf.map { !present.contains($0) } ?? false }
        return members.flatMap { member in
            let own = sidecars[member.member] ?? []
            return self == .stop ? own + [member] : [member] + own
        } + others
    }

    /// The action on a container; nil where it is already as wanted.
    private func action(on container: ObservedContainer, in desired: DesiredState) -> Action? {
        switch self {
        case .start:
            container.state == .running
                ? nil
                : newFiles(for: container, in: desired) ?? .start(member: container.member, container: container.id)
        case .stop:
            [.running, .restarting].contains(container.state)
                ? .stop(member: container.member, container: container.id) : nil
        case .restart:
            newFiles(for: container, in: desired) ?? .restart(member: container.member, container: container.id)
        }
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
    /// Starts, stops or restarts members, and waits until those that run are healthy.
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
            let chosen = try MemberSelection(survey.observed, declared: survey.resolver.layout).containers(named: names)
            let (plan, members) = change.plan(for: chosen, in: survey.desired, here: survey.observed.here)
            try await showing(plan.steps.count) { try await survey.apply(plan, reporter: $0, width: 6) }
            return members
        }
    }
}
