import Model
import Recipes

extension LayoutBuilder {
    /// Checks an operator's overrides of a service's files against the options that the release's program knows.
    ///
    /// Lists of options are read only for files with overrides: most environments have none.
    mutating func checkOptions(_ declaration: ServiceDeclaration, recipe: ServiceRecipe, release: String) {
        for file in recipe.files {
            let given = declaration.overrides.filter { $0.file == file.path }
            guard !given.isEmpty, let name = file.options else { continue }
            do {
                guard let list = try catalog.options.list(name, release: release) else { continue }
                var check = OptionCheck(list, service: declaration.name, file: file, release: release)
                for override in given { check.check(override) }
                problems += check.problems
                notes += check.notes.map(\.description)
            } catch let found as Problems {
                problems += found.all
            } catch {
                problems.append(Problem("\(error)"))
            }
        }
    }
}
