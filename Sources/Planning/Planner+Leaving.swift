import Model

/// Steps for members and services that left the environment: the members hand their workloads over before they go, and
/// entries and registrations of them are deleted afterwards.
extension Planner {
    /// Drafts the steps by which leaving members hand over their workloads, before anything of their pods is removed.
    ///
    /// - Parameter removals: the drafts that remove containers.
    mutating func draftLeaving(_ orphans: [ObservedContainer], removals: [Int]) {
        var previous: [Milestone] = []
        for container in orphans.sorted(by: { $0.name < $1.name })
        where container.state == .running && container.sidecarOf == nil {
            guard let leaving = desired.leaving[container.service] else { continue }
            let isWhole = !desired.members.contains { $0.service == container.service }
            let step = Step(
                .vacate(member: container.member, container: container.id), reason: "it goes for good",
                interrupts: leaving.interrupts, host: container.host)
            let together = removals.filter { index in
                // A service that leaves whole may need others that leave with it.
                if isWhole { return true }
                guard case .remove(_, let id) = drafts[index].step.action else { return false }
                return id == container.id || id == container.pod || isIn(container.pod, id)
                    || isIn(container.id, id)
            }
            for index in together { drafts[index].order.append(step.milestone) }
            drafts.append(Draft(step: step, after: milestones(beforeLeaving: container), order: previous))
            // The workloads may have moved to another leaving member, so members leave one after another.
            previous = [step.milestone]
        }
    }

    private func isIn(_ pod: String?, _ id: String) -> Bool {
        guard let pod else { return false }
        return observed.containers.contains { $0.id == id && $0.pod == pod }
    }

    /// The milestones that the hand-over of workloads needs: a member of the service that stays, and those that come
    /// before its replacement.
    private func milestones(beforeLeaving container: ObservedContainer) -> [Milestone] {
        guard let sibling = desired.members.first(where: { $0.service == container.service }) else { return [] }
        return [.member(sibling.name)] + sibling.afterToReplace
    }

    /// Drafts the deletion of known entries of leaving members and of registrations of services that left.
    mutating func draftWithdrawals(_ orphans: [ObservedContainer], removals: [Int]) {
        var gone = departures.filter { departure in !desired.members.contains { $0.name == departure.member } }
        gone += orphans.compactMap(departure).filter { new in !gone.contains { $0.member == new.member } }
        for departure in gone.sorted(by: { $0.member < $1.member }) {
            for teller in desired.tellers where teller.told.contains(departure.service) {
                drafts.append(
                    Draft(
                        step: Step(
                            .withdraw(departure, teller: teller.service), reason: "it is gone for good",
                            host: observed.here),
                        after: teller.after,
                        order: milestones(removals.filter { isRemoval(drafts[$0].step, of: departure.member) })))
            }
        }
        let wanted = Set(desired.registrations.map(\.service))
        for service in registered.sorted() where !wanted.contains(service) && !wanted.isEmpty {
            drafts.append(
                Draft(
                    step: Step(
                        .deregister(service: service), reason: "not in the environment",
                        destroys: "its endpoints and users, which were made for it", host: observed.here),
                    after: desired.registrations.flatMap(\.after), order: milestones(removals)))
        }
    }

    /// The record of a container's member that leaves for good; nil where no service lists members of its kind.
    func departure(_ container: ObservedContainer) -> Departure? {
        guard container.sidecarOf == nil, desired.tellers.contains(where: { $0.told.contains(container.service) })
        else { return nil }
        let pod = container.pod.flatMap { id in observed.containers.first { $0.id == id }?.member }
        return Departure(
            member: container.member, service: container.service, hostname: pod ?? container.member)
    }

    private func isRemoval(_ step: Step, of member: String) -> Bool {
        if case .remove(let removed, _) = step.action { return removed == member }
        return false
    }
}
