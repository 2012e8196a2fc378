import Model
import Recipes

extension Session {
    /// The commands by which members of services that have left the environment hand their workloads over, by service.
    /// A recipe that the catalogue no longer has defines none.
    ///
    /// - Throws: `Problems` if such a recipe cannot be read.
    func leavingServices(_ observed: Observation, _ catalog: Catalog) throws -> [String: Vacating] {
        let declared = Set(environment.services.map(\.name))
        var recipes: [String: String] = [:]
        for container in observed.containers where container.role == .member && !declared.contains(container.service) {
            recipes[container.service] = container.recipe
        }
        if recipes.isEmpty { return [:] }
        let whole = try Catalog.load(folder: catalog.folder, recipes: recipes.values.sorted())
        return recipes.compactMapValues { whole.recipes[$0]?.service?.leaving }
    }
}
