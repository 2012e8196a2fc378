import Building
import Cryptography
import DockerEngine
import Recipes
import System
import Testing

/// The hashes of everything that the results of scenarios depend on: the program's and the tests' files, the engine,
/// and where a scenario has the project's recipes, these and their images.
struct ScenarioIdentity: Sendable {
    private let files: ScenarioFiles
    /// The hash of the program under test; nil where it, or the program of the tests, is older than a source: nothing
    /// can be said of the sources' result then.
    private let program: String?
    private let basis: RecipeTestBasis
    /// The image plan of the project's catalogue.
    private let plan: ImagePlan

    /// The identities of scenarios with recipes of their own, which wait for no image.
    private static let tiny = Task { try await ScenarioIdentity() }
    /// The identities of scenarios with the project's recipes, whose images are built first.
    private static let project = Task { () -> ScenarioIdentity in
        _ = try await Scenario.projectImages.value
        return try await ScenarioIdentity()
    }

    private init() async throws {
        let catalog = try Catalog.load(folder: "\(Places.repository)/catalog")
        let release = try #require(catalog.defaultRelease)
        plan = try ImagePlan(catalog: catalog, settings: ImageSettings(release: release.name))
        basis = try await RecipeTestBasis(Engine(try EngineAddress(Scenario.engineAddress)))
        files = try ScenarioFiles(repository: Places.repository)
        let path = try Files.realPath(try Places.program())
        let tests = try Files.realPath("/proc/self/exe")
        program = try files.isCurrent(path) && files.isCurrent(tests) ? SHA256.hex(of: Files.read(path)) : nil
    }

    /// The identity of a scenario; nil where the result of its run would not be of the sources as they are.
    ///
    /// - Parameters:
    ///   - suite: the path of its suite's file.
    ///   - images: the project's images that it uses; nil for all.
    static func of(
        _ name: String, suite: String, recipes: Scenario.Recipes, images: [String]?
    ) async throws -> String? {
        let extent = ["MINKE_TEST_LONG", "MINKE_TEST_THOROUGH"].map { environmentVariable($0) ?? "" }
        switch recipes {
        case .tiny:
            let shared = try await tiny.value
            guard let program = shared.program else { return nil }
            return shared.basis.identity(of: [], more: [name, program] + extent + (try shared.files.of(suite: suite)))
        case .project:
            let shared = try await project.value
            guard let program = shared.program else { return nil }
            let used = try images.map { try shared.withParents($0) }
            let files =
                try shared.files.of(suite: suite) + shared.files.catalog(recipes: used.map { Set($0.map(\.name)) })
            let references = (used ?? shared.plan.images).map { "\($0.reference)" }
            return shared.basis.identity(of: references, more: [name, program] + extent + files)
        }
    }

    /// The images of recipes and those that they are built on.
    private func withParents(_ names: [String]) throws -> [PlannedImage] {
        try ImageGraph(plan, plan.select(names)).nodes.compactMap { plan[$0.name] }
    }
}
