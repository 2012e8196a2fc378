import Model

extension Planner {
    /// The drafts of jobs, grants and registrations that were not done yet with these inputs and on these volumes.
    func pendingWork() -> [Draft] {
        var drafts: [Draft] = []
        for grant in desired.grants {
            guard let reason = reasonToDo(grant.milestone, inputs: grant.inputs, anchor: grant.anchor) else { continue }
            let action = Action.grant(service: grant.service, requirement: grant.requirement, member: grant.member)
            drafts.append(
                Draft(
                    step: Step(action, reason: reason, host: host(ofMember: grant.provider)),
                    after: grant.after))
        }
        for job in desired.jobs {
            let reason = reasonToDo(
                job.milestone, or: job.formerMilestone, inputs: job.inputs, anchor: job.anchor)
            guard let reason else { continue }
            let action = Action.runJob(service: job.service, name: job.name, member: job.member)
            drafts.append(
                Draft(
                    step: Step(action, reason: reason, host: job.host),
                    after: job.after))
        }
        for registration in desired.registrations {
            let milestone = Milestone.registration(service: registration.service)
            let reason = reasonToDo(milestone, inputs: registration.inputs, anchor: registration.anchor)
            guard let reason else { continue }
            drafts.append(
                Draft(
                    step: Step(.register(service: registration.service), reason: reason, host: observed.here),
                    after: registration.after))
        }
        return drafts
    }

    private func host(ofMember name: String) -> String {
        desired.members.first { $0.name == name }?.identity.host ?? observed.here
    }

    /// The reason to reach a milestone; nil where it was reached, or `former` was, which then counts as well.
    private func reasonToDo(
        _ milestone: Milestone, or former: Milestone? = nil, inputs: String, anchor: String?
    ) -> String? {
        let record = [milestone, former].compactMap { $0.flatMap { records[Self.recordKey($0)] } }.first
        guard let record else { return "not done yet" }
        if repeatsWork { return "asked to verify" }
        if let anchor, observed.creation(ofVolume: anchor) != record.anchor {
            return "volume \(anchor) is new"
        }
        return record.inputs == inputs ? nil : "changed"
    }
}
