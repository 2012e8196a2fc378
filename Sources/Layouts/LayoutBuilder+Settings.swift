import Model
import Recipes

extension LayoutBuilder {
    /// The settings of a service's members: the recipe's, then the environment's, then the service's own.
    mutating func settings(of recipe: ServiceRecipe, declaration: ServiceDeclaration) -> ValueMap {
        let standard = ValueMap(recipe.settings.map { ($0.name, $0.standard) })
        let shared = merge(environment.settings, into: standard, recipe: recipe, of: nil)
        return merge(declaration.settings, into: shared, recipe: recipe, of: declaration.name)
    }

    /// Merges the settings of `service` over `base`, or with nil the environment's shared ones, of which a recipe need
    /// not have all.
    mutating func merge(
        _ given: [Environment.Setting], into base: ValueMap, recipe: ServiceRecipe, of service: String?
    ) -> ValueMap {
        let owner = service.map { "\($0)'s setting" } ?? "the setting"
        var merged = base
        for setting in given {
            guard let known = recipe.settings.first(where: { $0.name == setting.name }) else {
                guard let service else { continue }
                let names = recipe.settings.map(\.name)
                problems.append(
                    Problem(
                        at: setting.place, "\(service) has no setting \(setting.name)",
                        remedy: Remedy.meant(by: setting.name, among: names)
                            ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")))
                continue
            }
            if let complaint = known.complaint(about: setting.value) {
                problems.append(
                    Problem(
                        at: setting.place, "\(owner) \(setting.name) \(complaint.text)",
                        remedy: complaint.remedy))
            } else {
                merged[setting.name] = setting.value
            }
        }
        return merged
    }

    /// Reports shared settings that no service of the environment has; none where a service is unknown, since that one
    /// may have them under its right name.
    mutating func checkSharedSettings() {
        if !unknownServices.isEmpty { return }
        let names = Set(services.flatMap { $0.recipe.settings.map(\.name) })
        for setting in environment.settings where !names.contains(setting.name) {
            problems.append(
                Problem(
                    at: setting.place, "no service of this environment has a setting \(setting.name)",
                    remedy: Remedy.meant(by: setting.name, among: names.sorted())))
        }
    }
}
