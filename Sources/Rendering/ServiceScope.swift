import Layouts
import Model
import Recipes
import Templates

/// The values that the templates of a service see; a member's own values are added on top.
struct ServiceScope: Sendable {
    var scope = Scope()
    /// The values of `members`, by index.
    var members: [Value] = []
    /// The settings of members that have some of their own, by the members' names.
    var memberSettings: [String: Value] = [:]
    /// The secrets and generated values of members where each has some of its own, by the members' names.
    var memberSecrets: [String: Value] = [:]
    var memberGenerated: [String: Value] = [:]
    /// The requirements of members in a pod, by the pod's name.
    var podRequirements: [String: Value] = [:]

    func scope(for member: LaidOutMember) -> Scope {
        var layer: [TemplateScope.Root: Value] = [
            .member: member.index < members.count ? members[member.index] : .null
        ]
        if let settings = memberSettings[member.name] { layer[.settings] = settings }
        if let secrets = memberSecrets[member.name] { layer[.secrets] = secrets }
        if let generated = memberGenerated[member.name] { layer[.generated] = generated }
        if let pod = member.pod, let requirements = podRequirements[pod] { layer[.requires] = requirements }
        return scope.adding(layer)
    }
}
