import Layouts
import Model
import Recipes
import Rendering

extension SecretKeeper {
    /// The secrets of all services by name, without values that are generated and shown.
    static func recipes(in layout: Layout) -> [String: SecretRecipe] {
        let named = layout.services.flatMap { service in
            service.recipe.secrets.map { (Resolver.secretKey($0, service: service.name), $0) }
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }

    /// Prepares new values for generated secrets, which the next run that applies a plan puts in place.
    ///
    /// - Throws: `Problems` for names that no secret has and for secrets that are given, and then prepares nothing.
    func prepareReplacements(of names: [String], in layout: Layout) throws {
        let recipes = Self.recipes(in: layout)
        var problems: [Problem] = []
        for name in names {
            if recipes[name] == nil {
                problems.append(
                    Problem(
                        "no service of this environment has a secret \(name)",
                        remedy: Remedy.meant(by: name, among: recipes.keys.sorted())))
            } else if let given = layout.environment.secrets[name] {
                problems.append(
                    Problem(
                        at: given.place, "the secret \(name) is given, and is not generated",
                        remedy: "write the new one to \(given.file)"))
            }
        }
        if !problems.isEmpty { throw Problems(problems) }
        for name in names { if let recipe = recipes[name] { _ = try replacement(of: name, kind: recipe.kind) } }
    }
}
