import Model
import Recipes
import System

extension Mutant {
    /// The broken images of all recipes: those of each recipe's file test/broken.yaml. A file that cannot be read is told,
    /// and gives none.
    static let all: [Mutant] = {
        let folder = "\(RecipeTrials.catalog)/recipes"
        return ((try? Files.names(in: folder)) ?? []).flatMap { recipe -> [Mutant] in
            let file = "\(folder)/\(recipe)/test/broken.yaml"
            guard Files.exists(file) else { return [] }
            do {
                let images = try BrokenImage.read(try Files.readText(file), file: file)
                return images.enumerated().map { Mutant(recipe: recipe, number: $0.offset, image: $0.element) }
            } catch {
                printError("\(error)")
                return []
            }
        }
    }()
}
