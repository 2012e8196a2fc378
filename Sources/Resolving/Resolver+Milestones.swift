import Model
import Recipes

extension Resolver {
    /// What must be done before the members of a service start, or the one in a pod.
    func milestonesBeforeMembers(of service: LaidOutService, pod: String?) -> [Milestone] {
        var milestones = service.recipe.requires.filter { $0.waits && !$0.isAwaitedByMembers }.flatMap {
            self.milestones(for: $0, of: service, pod: pod)
        }
        if let pod { milestones.append(.member(pod)) }
        milestones += jobsBeforeMembers(of: service)
        return Array(Set(milestones)).sorted()
    }

    /// What must be done before a member of a service that serves is replaced, beside that.
    func milestonesBeforeReplacing(_ service: LaidOutService, pod: String?) -> [Milestone] {
        let milestones = service.recipe.requires.filter(\.isAwaitedByMembers).flatMap {
            self.milestones(for: $0, of: service, pod: pod)
        }
        return Array(Set(milestones)).sorted()
    }

    /// What a requirement stands for: its grant where there is one; else, as it says, the other service's jobs, or its
    /// member in the same pod, or every member of it, with its registration.
    func milestones(for requirement: Requirement, of service: LaidOutService, pod: String? = nil) -> [Milestone] {
        guard let provider = layout.service(requirement.service) else { return [] }
        if !requirement.grant.isEmpty { return [.grant(service: service.name, requirement: requirement.name)] }
        var milestones: [Milestone] =
            switch requirement.wait {
            case .nothing, .everything, .replacement: provider.members(seenFrom: pod).map { .member($0.name) }
            case .registration, .jobs: milestonesOfJobs(of: provider)
            }
        if requirement.wait != .jobs, provider.recipe.identity != nil, provider.recipe.administration == nil,
            layout.administration != nil
        {
            milestones.append(.registration(service: provider.name))
        }
        return milestones
    }

    /// What a service asks of others for itself, and its jobs before members.
    private func milestonesOfJobs(of service: LaidOutService) -> [Milestone] {
        let grants = service.recipe.requires.filter { !$0.grant.isEmpty }.map {
            Milestone.grant(service: service.name, requirement: $0.name)
        }
        return grants + jobsBeforeMembers(of: service)
    }

    private func jobsBeforeMembers(of service: LaidOutService) -> [Milestone] {
        service.recipe.jobs.filter(\.isBeforeMembers).map { .job(service: service.name, name: $0.name) }
    }

    /// What must be done before a job runs.
    func milestones(before job: JobRecipe, of service: LaidOutService) -> [Milestone] {
        var milestones: [Milestone] = []
        if let names = job.after {
            for name in names {
                if service.recipe.jobs.contains(where: { $0.name == name }) {
                    milestones.append(.job(service: service.name, name: name))
                } else if let requirement = service.recipe.requires.first(where: { $0.name == name }) {
                    milestones += self.milestones(for: requirement, of: service)
                }
            }
        } else {
            milestones = service.recipe.requires.filter(\.waits).flatMap { self.milestones(for: $0, of: service) }
        }
        if !job.isBeforeMembers { milestones += service.members.map { .member($0.name) } }
        return Array(Set(milestones)).sorted()
    }

    /// The engine's name of the volume that keeps what a job or grant did.
    func anchor(storedIn name: String?, of service: LaidOutService) -> String? {
        guard let name, let member = service.members.first else { return nil }
        if let volume = service.recipe.volumes.first(where: { $0.name == name }) {
            return volumeName(volume, member: member, service: service)
        }
        guard let requirement = service.recipe.requires.first(where: { $0.name == name }) else { return nil }
        return anchor(ofProvision: requirement.provision, by: requirement.service)
    }

    /// The engine's name of the volume in which a service keeps what it grants under a name.
    func anchor(ofProvision name: String, by provider: String) -> String? {
        guard let service = layout.service(provider), let member = service.members.first,
            let provision = service.recipe.provides.first(where: { $0.name == name }),
            let volume = service.recipe.volumes.first(where: { $0.name == provision.storedIn })
        else { return nil }
        return volumeName(volume, member: member, service: service)
    }
}
