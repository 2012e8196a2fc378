import CommandLine
import Model
import System
import TestTools
import Testing

@testable import Commands

/// The images that arguments select in a catalogue with two services and an image without one.
@Suite struct ImageSelectionTests {
    private static let catalog = [
        "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        "releases/zed.yaml": "summary: Zed\ndebian: bookworm\n",
        "recipes/root/recipe.yaml": "summary: the root\nimage: {root: {variant: minbase}}\n",
        "recipes/tool/recipe.yaml": "summary: a tool\nimage: {parent: root}\n",
        "recipes/shop/recipe.yaml": "summary: a shop\nimage: {parent: root}\nservice: {command: [shop]}\n",
        "recipes/mall/recipe.yaml": "summary: a mall\nimage: {parent: root}\nservice: {command: [mall]}\n",
    ]

    /// The names of the selected images, where the environment has these services.
    private func selected(_ words: String..., services: String) async throws -> [String] {
        try await Files.withTemporaryDirectory(prefix: "selection") { folder in
            var files = Self.catalog
            files["environment.yaml"] = "name: trial\nservices: \(services)\n"
            for (path, text) in files {
                try Files.makeDirectory(Files.folder(of: "\(folder)/\(path)"))
                try Files.write(text, to: "\(folder)/\(path)")
            }
            let parser = ArgumentParser(.minke, variables: { _ in nil })
            let places = ["--catalog", folder, "--environment", "\(folder)/environment.yaml"]
            guard case .run(_, let arguments) = try parser.parse(["build"] + words + places) else {
                throw Problems("no command")
            }
            return try ImageSelection(arguments).images.map(\.name).sorted()
        }
    }

    @Test func takesAllWithoutNames() async throws {
        #expect(try await selected(services: "{shop: 1}") == ["mall", "root", "shop", "tool"])
    }

    @Test func takesWhatTheEnvironmentNeedsAndWhatIsNamed() async throws {
        #expect(try await selected("--needed", services: "{shop: 1}") == ["shop"])
        #expect(try await selected("--needed", "tool", services: "{shop: 1, mall: 0}") == ["mall", "shop", "tool"])
    }

    @Test func takesOfServicesThoseOfTheRelease() async throws {
        let services = "{shop: {image: {release: zed}}, mall: 1}"
        #expect(try await selected("--needed", services: services) == ["mall"])
        #expect(try await selected("--needed", "--release", "zed", services: services) == ["shop"])
    }

    @Test func refusesAnEnvironmentThatNeedsNone() async throws {
        await #expect(throws: Problems.self) {
            try await selected("--needed", "--release", "zed", services: "{shop: 1}")
        }
    }

    @Test func refusesAServiceWithoutARecipe() async throws {
        await #expect(throws: Problems.self) { try await selected("--needed", services: "{shopp: 1}") }
    }
}
