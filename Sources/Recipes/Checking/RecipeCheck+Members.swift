import Model
import Templates

/// Checks of what is done once for all members, and of what each member has.
extension RecipeCheck {
    func checkMembers(_ service: ServiceRecipe) {
        for requirement in service.requires {
            let path = ["service", "requires", requirement.name]
            if requirement.scope == .member, document.node["service"]?["requires"]?[requirement.name]?["grant"] == nil {
                problems.add(
                    at: document.keyPlace(path + ["scope"]),
                    "requirement \(requirement.name) has `scope: member`, and asks for no grant",
                    remedy: "write what is asked for under `grant:`, or leave `scope` out")
            }
            guard requirement.scope == .service else { continue }
            let title = "the grant for \(requirement.name)"
            for (key, value) in requirement.grant { check(value, of: title, isOnce, service, path + ["grant", key]) }
            check(requirement.condition, of: title, isOnce, service, path + ["when"])
        }
        for job in service.jobs where job.scope == .service {
            let path = ["service", "jobs", job.name]
            for word in job.command { check(word, of: "job \(job.name)", isOnce, service, path + ["command"]) }
            check(job.condition, of: "job \(job.name)", isOnce, service, path + ["when"])
        }
        for provision in service.provides {
            check(
                provision.input, of: "the input of \(provision.name)", isForOthers, service,
                ["service", "provides", provision.name, "input"])
        }
        for user in service.identity?.users ?? [] {
            check(
                user.password, of: "user \(user.name)", isForOthers, service, ["service", "identity", "users"])
        }
        check(
            service.administration?.password, of: "the administrator", isForOthers, service,
            ["service", "administration", "password"])
    }

    private var isOnce: String { "write `scope: member` for one of each member, or read what all members have" }
    private var isForOthers: String { "read what all members have, as `service.members`" }

    /// Refuses a template that reads what each member has, where no member is meant.
    private func check(
        _ template: Template?, of title: String, _ remedy: String, _ service: ServiceRecipe, _ path: [String]
    ) {
        for reference in (template?.references ?? []).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard isMembers(reference, service) else { continue }
            problems.add(
                at: document.place(path),
                "\(title) is one for all members, and its template reads \(reference.joined(separator: "."))",
                remedy: remedy)
        }
    }

    private func isMembers(_ reference: [String], _ service: ServiceRecipe) -> Bool {
        func own(_ recipes: [SecretRecipe]) -> Bool {
            guard reference.count > 1 else { return false }
            return recipes.contains { $0.scope == .member && ScopeKeys.isSpelling(reference[1], of: $0.name) }
        }
        switch reference.first {
        case TemplateScope.Root.member.name: return true
        case TemplateScope.Root.secrets.name: return own(service.secrets)
        case TemplateScope.Root.generated.name: return own(service.generated)
        default: return false
        }
    }
}
