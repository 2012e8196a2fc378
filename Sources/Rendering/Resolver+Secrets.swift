import Layouts
import Recipes

extension Resolver {
    /// The name under which a service's secret is kept, or that of a member where each has its own. A member that takes
    /// over the data of another one has the other's secrets, since the data may know them.
    package static func secretKey(
        _ secret: SecretRecipe, service: String, member: LaidOutMember? = nil
    ) -> String {
        switch secret.scope {
        case .environment: secret.name
        case .service: "\(service).\(secret.name)"
        case .member: "\(service).\(secret.name)" + (member.map { ".\($0.dataOf ?? $0.name)" } ?? "")
        }
    }

    /// The names under which the secrets of a service and its members are kept, in the order of the recipe.
    package static func secretKeys(
        _ secrets: [SecretRecipe], of service: LaidOutService
    ) -> [(key: String, recipe: SecretRecipe)] {
        secrets.flatMap { secret -> [(key: String, recipe: SecretRecipe)] in
            guard secret.scope == .member else { return [(secretKey(secret, service: service.name), secret)] }
            return service.members.map { (secretKey(secret, service: service.name, member: $0), secret) }
        }
    }
}
