import Layouts
import Recipes
import Templates

/// A job or grant of a member, where each member has its own.
struct MemberWork: Hashable {
    let service: String
    /// The name of the job, or of the requirement that the grant is for; the two never have the same.
    let name: String
    let member: String

    /// The jobs and grants of a service's members whose condition does not hold for the member.
    static func omitted(of service: LaidOutService, _ scope: ServiceScope) throws -> [MemberWork] {
        let jobs = service.recipe.jobs.filter { $0.scope == .member }.map { ($0.name, $0.condition) }
        let grants = service.recipe.requires.filter { $0.scope == .member }.map { ($0.name, $0.condition) }
        return try (jobs + grants).flatMap { name, condition -> [MemberWork] in
            guard let condition else { return [] }
            return try service.members.filter { try !condition.value(scope.scope(for: $0)).isTruthy }
                .map { MemberWork(service: service.name, name: name, member: $0.name) }
        }
    }
}

extension ServiceRecipe {
    /// Leaves out the sidecars, and the jobs and grants that are done once for all members, whose condition does not
    /// hold.
    mutating func leaveOut(_ isUnwanted: (Template) throws -> Bool) rethrows {
        jobs = try jobs.filter { try $0.scope == .member || !($0.condition.map(isUnwanted) ?? false) }
        sidecars = try sidecars.filter { try !($0.condition.map(isUnwanted) ?? false) }
        for index in requires.indices where requires[index].scope == .service {
            if let condition = requires[index].condition, try isUnwanted(condition) { requires[index].grant = [] }
        }
    }
}

extension Resolver {
    /// The members for which a job or grant is done, without those that leave it out; nil alone where it is done once
    /// for all.
    func subjects(of scope: WorkScope, _ name: String, in service: LaidOutService) -> [LaidOutMember?] {
        guard scope == .member else { return [nil] }
        return service.members.filter { member in
            !omissions.contains(MemberWork(service: service.name, name: name, member: member.name))
        }
    }
}
