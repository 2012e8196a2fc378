import Layouts
import Model
import Recipes

extension Resolver {
    /// The milestones to reach before the members of a service start, or the one in a pod.
    func milestonesBeforeMembers(of service: LaidOutService, pod: String?) -> [Milestone] {
        var milestones = service.recipe.requires.filter { $0.waits && !$0.isAwaitedByMembers }.flatMap {
            self.milestones(for: $0, of: service, pod: pod)
        }
        if let pod { milestones.append(.member(pod)) }
        milestones += jobsBeforeMembers(of: service)
        return Array(Set(milestones)).sorted()
    }

    /// The further milestones to reach before a serving member of a service is replaced.
    func milestonesBeforeReplacing(_ service: LaidOutService, pod: String?) -> [Milestone] {
        let milestones = service.recipe.requires.filter(\.isAwaitedByMembers).flatMap {
            self.milestones(for: $0, of: service, pod: pod)
        }
        return Array(Set(milestones)).sorted()
    }

    /// The milestones of a requirement: its grant where there is one; else, depending on the requirement, the other
    /// service's jobs, its member in the same pod or all its members, with its registration.
    func milestones(for requirement: Requirement, of service: LaidOutService, pod: String? = nil) -> [Milestone] {
        guard let provider = layout.service(requirement.service) else { return [] }
        if !requirement.grant.isEmpty { return [.grant(service: service.name, requirement: requirement.name)] }
        var milestones: [Milestone] =
            switch requirement.wait {
            case .nothing, .everything, .replacement: provider.members(seenFrom: pod).map { .member($0.name) }
            case .endpoint: provider.members.map { .member($0.name) } + milestonesOfFront
            case .registration, .jobs: milestonesOfJobs(of: provider)
            }
        if requirement.wait != .jobs, provider.recipe.identity != nil, provider.recipe.administration == nil,
            layout.administration != nil
        {
            milestones.append(.registration(service: provider.name))
        }
        return milestones
    }

    /// The milestones of the grants that a service requires, and of its jobs before members.
    private func milestonesOfJobs(of service: LaidOutService) -> [Milestone] {
        let grants = service.recipe.requires.filter { !$0.grant.isEmpty }.map {
            Milestone.grant(service: service.name, requirement: $0.name)
        }
        return grants + jobsBeforeMembers(of: service)
    }

    /// The milestones of the front's members; none where there is no front.
    var milestonesOfFront: [Milestone] { layout.front?.members.map { .member($0.name) } ?? [] }

    private func jobsBeforeMembers(of service: LaidOutService) -> [Milestone] {
        service.recipe.jobs.filter(\.isBeforeMembers).map { .job(service: service.name, name: $0.name) }
    }

    /// The milestones to reach before a job runs.
    func milestones(before job: JobRecipe, of service: LaidOutService) -> [Milestone] {
        var milestones: [Milestone] = []
        if let names = job.after {
            for name in names {
                if service.recipe.jobs.contains(where: { $0.name == name }) {
                    milestones.append(.job(service: service.name, name: name))
                } else if name == JobRecipe.front {
                    milestones += milestonesOfFront
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

    /// The name, on the engine, of the volume that keeps the result of a job or grant.
    func anchor(storedIn name: String?, of service: LaidOutService) -> String? {
        guard let name, let member = service.members.first else { return nil }
        if let volume = service.recipe.volumes.first(where: { $0.name == name }) {
            return volumeName(volume, member: member, service: service)
        }
        guard let requirement = service.recipe.requires.first(where: { $0.name == name }) else { return nil }
        return anchor(ofProvision: requirement.provision, by: requirement.service)
    }

    /// The name, on the engine, of the volume in which a service keeps a grant's result.
    func anchor(ofProvision name: String, by provider: String) -> String? {
        guard let service = layout.service(provider), let member = service.members.first,
            let provision = service.recipe.provides.first(where: { $0.name == name }),
            let volume = service.recipe.volumes.first(where: { $0.name == provision.storedIn })
        else { return nil }
        return volumeName(volume, member: member, service: service)
    }
}
