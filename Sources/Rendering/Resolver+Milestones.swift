import Layouts
import Model
import Recipes

extension Resolver {
    /// The milestones to reach before the members of a service start, or one of them where they differ: by their pods,
    /// or since each has jobs or grants of its own.
    func milestonesBeforeMembers(of service: LaidOutService, member: LaidOutMember?) -> [Milestone] {
        var milestones = service.recipe.requires.filter { $0.waits && !$0.isAwaitedByMembers }.flatMap {
            self.milestones(for: $0, of: service, seenBy: member)
        }
        if let pod = member?.pod { milestones.append(.member(pod)) }
        milestones += jobsBeforeMembers(of: service, seenBy: member)
        return Array(Set(milestones)).sorted()
    }

    /// Whether members of a service wait for different milestones.
    func hasOwnMilestones(_ service: LaidOutService) -> Bool {
        !service.recipe.pods.isEmpty || service.recipe.jobs.contains { $0.scope == .member }
            || service.recipe.requires.contains { $0.scope == .member }
    }

    /// The further milestones to reach before a serving member of a service is replaced.
    func milestonesBeforeReplacing(_ service: LaidOutService, member: LaidOutMember) -> [Milestone] {
        let milestones = service.recipe.requires.filter(\.isAwaitedByMembers).flatMap {
            self.milestones(for: $0, of: service, seenBy: member)
        }
        return Array(Set(milestones)).sorted()
    }

    /// The milestones of a requirement: its grant where there is one; else, depending on the requirement, the other
    /// service's jobs, its member in the same pod or all its members, with its registration.
    ///
    /// - Parameter member: the member of `service` that waits; nil where all of it does.
    private func milestones(
        for requirement: Requirement, of service: LaidOutService, seenBy member: LaidOutMember?
    ) -> [Milestone] {
        guard let provider = layout.service(requirement.service) else { return [] }
        let grants = grantMilestones(requirement, of: service, seenBy: member)
        if !grants.isEmpty { return grants }
        var milestones: [Milestone] =
            switch requirement.wait {
            case .nothing, .everything, .replacement: provider.members(seenFrom: member?.pod).map { .member($0.name) }
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

    /// The milestones of the grants for a requirement; of those that each member has for itself, the one of `member`
    /// where it is given. Empty where nothing is asked for.
    private func grantMilestones(
        _ requirement: Requirement, of service: LaidOutService, seenBy member: LaidOutMember?
    ) -> [Milestone] {
        if requirement.grant.isEmpty { return [] }
        return subjects(of: requirement.scope, requirement.name, in: service, seenBy: member).map {
            .done(grant: requirement.name, to: service.name, for: $0?.name)
        }
    }

    /// The milestones of a job; of those that each member has for itself, the one of `member` where it is given.
    private func jobMilestones(
        _ job: JobRecipe, of service: LaidOutService, seenBy member: LaidOutMember?
    ) -> [Milestone] {
        subjects(of: job.scope, job.name, in: service, seenBy: member).map {
            .done(job: job.name, of: service.name, for: $0?.name)
        }
    }

    private func subjects(
        of scope: WorkScope, _ name: String, in service: LaidOutService, seenBy member: LaidOutMember?
    ) -> [LaidOutMember?] {
        guard scope == .member, let member else { return subjects(of: scope, name, in: service) }
        let isOmitted = omissions.contains(MemberWork(service: service.name, name: name, member: member.name))
        return isOmitted ? [] : [member]
    }

    /// The milestones of the grants that a service requires, and of its jobs before members.
    private func milestonesOfJobs(of service: LaidOutService) -> [Milestone] {
        service.recipe.requires.flatMap { grantMilestones($0, of: service, seenBy: nil) }
            + jobsBeforeMembers(of: service, seenBy: nil)
    }

    /// The milestones of all jobs of a service.
    func milestonesOfAllJobs(of service: LaidOutService) -> [Milestone] {
        service.recipe.jobs.flatMap { jobMilestones($0, of: service, seenBy: nil) }
    }

    /// The milestones of the front's members; none where there is no front.
    var milestonesOfFront: [Milestone] { layout.front?.members.map { .member($0.name) } ?? [] }

    private func jobsBeforeMembers(of service: LaidOutService, seenBy member: LaidOutMember?) -> [Milestone] {
        service.recipe.jobs.filter(\.isBeforeMembers).flatMap { jobMilestones($0, of: service, seenBy: member) }
    }

    /// The milestones to reach before a job runs.
    ///
    /// - Parameter member: the member that the job is for; nil where it runs once for all.
    func milestones(before job: JobRecipe, of service: LaidOutService, for member: LaidOutMember?) -> [Milestone] {
        var milestones: [Milestone] = []
        if let names = job.after {
            for name in names {
                if let other = service.recipe.jobs.first(where: { $0.name == name }) {
                    milestones += jobMilestones(other, of: service, seenBy: member)
                } else if name == JobRecipe.front {
                    milestones += milestonesOfFront
                } else if let requirement = service.recipe.requires.first(where: { $0.name == name }) {
                    milestones += self.milestones(for: requirement, of: service, seenBy: member)
                }
            }
        } else {
            milestones = service.recipe.requires.filter(\.waits).flatMap {
                self.milestones(for: $0, of: service, seenBy: member)
            }
        }
        if !job.isBeforeMembers { milestones += (member.map { [$0] } ?? service.members).map { .member($0.name) } }
        return Array(Set(milestones)).sorted()
    }

    /// The name, on the engine, of the volume that keeps the result of a job or grant: of a volume that each member has,
    /// that of `member`, or else of the first one.
    func anchor(storedIn name: String?, of service: LaidOutService, for member: LaidOutMember? = nil) -> String? {
        guard let name, let member = member ?? service.members.first else { return nil }
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
