import Documents
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
                return try read(try Files.readText(file), of: recipe, file: file)
            } catch {
                printError("\(error)")
                return []
            }
        }
    }()

    /// Reads a list of broken images; docs/reference/broken.yaml explains the form.
    ///
    /// - Throws: `Problems`.
    static func read(_ text: String, of recipe: String, file: String) throws -> [Mutant] {
        let problems = ProblemList()
        let mutants = NodeReader<[Mutant]>.list(
            of: NodeReader<Mutant>.object { reader in
                let bug = reader.required("bug", .text)
                let told = reader.required("told", .text)
                let lines = reader.required("dockerfile", .text)
                guard let bug, let told, let lines else { return nil }
                return Mutant(recipe, bug, complaint: told, lines)
            }
        ).read(try YAMLNode.parse(text: text, file: file), ReadingContext(problems: problems))
        try problems.check()
        return mutants ?? []
    }
}
