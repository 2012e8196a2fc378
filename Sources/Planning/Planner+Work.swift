import Model

extension Planner {
    /// The drafts of jobs, grants and registrations that were not done yet with these inputs and on these volumes.
    func pendingWork() -> [Draft] {
        var drafts: [Draft] = []
        for grant in desired.grants {
            let milestone = Milestone.grant(service: grant.service, requirement: grant.requirement)
            guard let reason = reasonToDo(milestone, inputs: grant.inputs, anchor: grant.anchor) else { continue }
            drafts.append(
                Draft(
                    step: Step(
                        .grant(service: grant.service, requirement: grant.requirement), reason: reason,
                        host: host(ofMember: grant.provider)),
                    after: grant.after))
        }
        for job in desired.jobs {
            let milestone = Milestone.job(service: job.service, name: job.name)
            guard let reason = reasonToDo(milestone, inputs: job.inputs, anchor: job.anchor) else { continue }
            drafts.append(
                Draft(
                    step: Step(.runJob(service: job.service, name: job.name), reason: reason, host: job.host),
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

    private func reasonToDo(_ milestone: Milestone, inputs: String, anchor: String?) -> String? {
        guard let record = records[Self.recordKey(milestone)] else { return "not done yet" }
        if repeatsWork { return "asked to verify" }
        if let anchor, observed.creation(ofVolume: anchor) != record.anchor {
            return "volume \(anchor) is new"
        }
        return record.inputs == inputs ? nil : "changed"
    }
}
