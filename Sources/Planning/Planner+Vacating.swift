import Model

extension Planner {
    /// Drafts the steps by which members hand over their workloads before their pods are replaced or restarted, one pod
    /// after another.
    mutating func draftVacating() {
        var previous: [Milestone] = []
        // Pods come in the order in which the members of one service take turns.
        for pod in desired.members.lazy.map(\.name) where pods[pod]?.ends == true {
            guard let holder = drafts.firstIndex(where: { $0.step.milestone == .member(pod) }) else { continue }
            let residents = desired.members.filter { $0.specification.pod == pod }
            let vacating = residents.compactMap { member in vacant(member).map { (member, $0) } }
            guard !vacating.isEmpty else { continue }
            let names = Set(residents.map(\.name) + [pod])
            for (member, container) in vacating {
                let step = Step(
                    .vacate(member: member.name, container: container), reason: "its pod \(pod) is made anew",
                    interrupts: member.vacating?.interrupts, host: member.identity.host)
                let order = drafts[holder].order + previous
                drafts[holder].order.append(step.milestone)
                drafts.append(
                    Draft(
                        step: step,
                        after: (member.after + member.afterToReplace).filter { !names.contains(member: $0) },
                        order: order))
            }
            // The workloads may have moved to the next pod, so its members wait for this one.
            previous = drafts.map(\.step.milestone).filter(names.contains(member:))
        }
    }

    /// The running container of a member that has workloads to hand over. An unhealthy member is asked as well, since
    /// an earlier run that was interrupted at this point may have made it so.
    private func vacant(_ member: DesiredMember) -> String? {
        guard member.vacating != nil, let healthy = records[Self.recordKey(.member(member.name))]?.inputs else {
            return nil
        }
        return observed.containers.first { container in
            container.id == healthy && container.state == .running
                && observed.containers.contains { $0.id == container.pod && $0.state == .running }
        }?.id
    }
}

extension Set<String> {
    fileprivate func contains(member milestone: Milestone) -> Bool {
        if case .member(let name) = milestone { return contains(name) }
        return false
    }
}
