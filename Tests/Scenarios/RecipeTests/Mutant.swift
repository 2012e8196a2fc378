import DockerEngine
import Model
import System
import Testing

/// A recipe's image, broken as a bug would break it.
struct Mutant: Sendable, CustomTestStringConvertible {
    let recipe: String
    /// The bug, in words.
    let what: String
    /// What the recipe's test must say of it.
    let complaint: String
    /// The bug as lines of a Dockerfile, which follow on the recipe's own and are carried out as root.
    let lines: String

    init(_ recipe: String, _ what: String, complaint: String, _ lines: String) {
        self.recipe = recipe
        self.what = what
        self.complaint = complaint
        self.lines = lines
    }

    var testDescription: String { "\(recipe) \(what)" }

    /// The mutant's place in the table.
    var number: Int { Self.all.firstIndex { $0.testDescription == testDescription } ?? 0 }

    /// Gives the broken image the name of the good one in a scenario.
    func make(in scenario: Scenario) async throws {
        let good = try #require(
            try await scenario.engine.images(filters: ["reference": ["\(scenario.name)/\(recipe)"]]).first)
        let name = try #require(good.tags.first { $0.hasPrefix("\(scenario.name)/") })
        let user = try await scenario.engine.inspectImage(good.id).user
        // It must not pass for the good one, whose labels it inherits.
        let text = """
            FROM \(good.id)
            LABEL \(Labels.identity)="\(scenario.name)" \(Scenario.label)="\(scenario.name)"
            USER root
            \(lines)
            USER \(user.isEmpty ? "root" : user)

            """
        var build = ImageBuild()
        build.tags = [name]
        scenario.diary.add(text)
        _ = try await scenario.engine.buildImage(build, context: .tar([.text("Dockerfile", text)]))
    }
}
