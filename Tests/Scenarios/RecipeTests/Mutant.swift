import Building
import DockerEngine
import Model
import Recipes
import System
import Testing

/// A recipe's image, broken as a bug would break it.
struct Mutant: Sendable, CustomTestStringConvertible {
    let recipe: String
    /// The mutant's place among those of its recipe, from 0.
    let number: Int
    let image: BrokenImage

    var testDescription: String { "\(recipe) \(image.bug)" }

    /// Gives the images that the recipe's test uses names of the scenario's own, and the broken one that of the good one.
    func make(in scenario: Scenario, among images: [PlannedImage]) async throws {
        for image in images where image.name != recipe {
            try await scenario.engine.tag("\(image.reference)", as: name(of: image, in: scenario))
        }
        let own = try #require(images.first { $0.name == recipe })
        let good = try await scenario.engine.inspectImage("\(own.reference)")
        let user = good.user
        // It must not pass for the good one, whose labels it inherits.
        let text = """
            FROM \(good.id)
            LABEL \(Labels.identity)="\(scenario.name)" \(Scenario.label)="\(scenario.name)"
            USER root
            \(image.dockerfile)
            USER \(user.isEmpty ? "root" : user)

            """
        var build = ImageBuild()
        build.tags = ["\(name(of: own, in: scenario))"]
        scenario.diary.add(text)
        _ = try await scenario.engine.buildImage(build, context: .tar([.text("Dockerfile", text)]))
    }

    private func name(of image: PlannedImage, in scenario: Scenario) -> ImageReference {
        ImageReference(path: "\(scenario.name)/\(image.name)", tag: image.reference.tag)
    }
}
