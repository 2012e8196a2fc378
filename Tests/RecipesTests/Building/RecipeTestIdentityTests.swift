import Model
import Recipes
import System
import Testing

@testable import Building

/// The changes that make a recipe's test run again, and those that do not.
@Suite struct RecipeTestIdentityTests {
    /// A catalogue with tests, and the images of it that an engine has.
    private struct Trial {
        let catalog: TemporaryCatalog
        var images: [String: String] = [:]
        var engine: Value = ["version": "20.10", "kernel": "6.1"]
        var runner = "runner"
        var more: [String] = []

        func identity(of recipe: String = "shop") throws -> String? {
            let plan = try ImagePlan(
                catalog: try catalog.load(), settings: ImageSettings(prefix: "p", release: "small"), mirror: nil)
            let image = try #require(plan[recipe])
            return RecipeTestBasis(images: images, engine: engine).identity(
                of: image, in: plan, files: try files(of: recipe), runner: runner, more: more)
        }

        func files(of recipe: String = "shop") throws -> RecipeTestFiles {
            try RecipeTestFiles(
                recipe: "\(catalog.folder)/recipes/\(recipe)", name: recipe, catalog: catalog.folder)
        }
    }

    private func with(_ body: (inout Trial) throws -> Void) async throws {
        try await TemporaryCatalog.with { catalog in
            var trial = Trial(catalog: catalog)
            for recipe in ["shop", "data-base", "queue", "other"] {
                try catalog.addRecipe(recipe, "RUN true\n")
                trial.images["p/\(recipe):small-latest"] = "sha256:\(recipe)"
            }
            try catalog.write("lib/test.sh", "# for tests\n")
            try catalog.write("lib/stores.sh", ". \"${CATALOG:?}/lib/more.sh\"\n: \"${IMAGE_data_base:?}\"\n")
            try catalog.write("lib/stores.py", "print()\n")
            try catalog.write("lib/more.sh", "cat \"$CATALOG/options/$release/$1.ini\"\n")
            try catalog.write("lib/unused.sh", ": \"${IMAGE_other:?}\"\n")
            try catalog.write("options/small/one.ini", "[DEFAULT]\n")
            try catalog.write(
                "recipes/shop/test/run",
                """
                . "${CATALOG:?}/lib/test.sh"
                . "${CATALOG:?needed}/lib/stores.sh"
                . "$(dirname "$0")/answer"
                start queue "${IMAGE_queue:?}"

                """, mode: 0o755)
            try catalog.write("recipes/shop/test/answer", "answer=1\n")
            try body(&trial)
        }
    }

    @Test func seesItsFolderAndWhatItNames() async throws {
        try await with { trial in
            let files = try trial.files()
            #expect(
                files.entries.map(\.path) == [
                    "lib/more.sh", "lib/stores.py", "lib/stores.sh", "lib/test.sh", "options/small",
                    "options/small/one.ini", "recipes/shop/test/answer", "recipes/shop/test/run",
                ])
            #expect(files.images == ["data_base", "queue"])
        }
    }

    @Test func findsNothingElseWhereItRuns() async throws {
        try await with { trial in
            let folder = "\(trial.catalog.folder)/copy"
            try trial.files().write(below: folder)
            #expect(
                try Files.tree(folder).filter { $0.status.kind == .file }.map(\.path) == [
                    "lib/more.sh", "lib/stores.py", "lib/stores.sh", "lib/test.sh", "options/small/one.ini",
                    "recipes/shop/test/answer", "recipes/shop/test/run",
                ])
            #expect(try Files.readText("\(folder)/recipes/shop/test/answer") == "answer=1\n")
            #expect(try Files.status(of: "\(folder)/recipes/shop/test/run").mode == 0o755)
        }
    }

    @Test func givesATestTheImagesThatItNames() async throws {
        try await with { trial in
            let plan = try ImagePlan(
                catalog: try trial.catalog.load(), settings: ImageSettings(prefix: "p", release: "small"), mirror: nil)
            #expect(
                RecipeTestBasis.variables(of: try trial.files(), in: plan) == [
                    "IMAGE_data_base": "p/data-base:small-latest", "IMAGE_queue": "p/queue:small-latest",
                ])
        }
    }

    @Test(arguments: [
        "recipes/shop/test/run", "recipes/shop/test/answer", "recipes/shop/test/new", "lib/test.sh", "lib/stores.sh",
        "lib/stores.py", "lib/stores.json", "lib/more.sh", "options/small/one.ini", "options/small/two.ini",
    ])
    func aFileThatItSeesMakesItRunAgain(path: String) async throws {
        try await with { trial in
            let before = try trial.identity()
            try trial.catalog.write(path, "# changed\n. \"$CATALOG/lib/stores.sh\"\n. \"$CATALOG/lib/test.sh\"\n")
            #expect(try trial.identity() != before)
        }
    }

    @Test(arguments: [
        "lib/unused.sh", "lib/other.sh", "recipes/queue/test/run", "recipes/shop/Dockerfile", "README.md",
    ])
    func aFileThatItDoesNotSeeDoesNot(path: String) async throws {
        try await with { trial in
            let before = try trial.identity()
            try trial.catalog.write(path, "# changed\n")
            #expect(try trial.identity() == before)
        }
    }

    @Test func theModeOfAFileCounts() async throws {
        try await with { trial in
            let before = try trial.identity()
            try Files.setMode(0o644, of: "\(trial.catalog.folder)/recipes/shop/test/run")
            #expect(try trial.identity() != before)
        }
    }

    @Test(arguments: ["shop", "queue", "data-base"]) func anImageThatItUsesMakesItRunAgain(recipe: String) async throws
    {
        try await with { trial in
            let before = try trial.identity()
            trial.images["p/\(recipe):small-latest"] = "sha256:new"
            #expect(try trial.identity() != before)
        }
    }

    @Test func anImageThatIsMissingIsAnotherThanOneThatIsThere() async throws {
        try await with { trial in
            let before = try trial.identity()
            trial.images["p/queue:small-latest"] = nil
            #expect(try trial.identity() != before)
            trial.images["p/shop:small-latest"] = nil
            #expect(try trial.identity() == nil)
        }
    }

    @Test(arguments: ["other", "root"]) func anImageThatItDoesNotUseDoesNot(recipe: String) async throws {
        try await with { trial in
            let before = try trial.identity()
            trial.images["p/\(recipe):small-latest"] = "sha256:new"
            #expect(try trial.identity() == before)
        }
    }

    @Test func theEngineAndTheRunnerCount() async throws {
        try await with { trial in
            var seen: Set<String?> = [try trial.identity()]
            trial.engine = ["version": "20.10", "kernel": "6.12"]
            seen.insert(try trial.identity())
            trial.engine = ["version": "26.1", "kernel": "6.12"]
            seen.insert(try trial.identity())
            trial.runner = "another"
            seen.insert(try trial.identity())
            trial.more = ["RUN rm /bin/sh"]
            seen.insert(try trial.identity())
            trial.more = ["RUN rm /bin/sh", "failed: "]
            seen.insert(try trial.identity())
            #expect(seen.count == 6 && !seen.contains(nil))
        }
    }

    @Test func anotherNameOfTheSameImagesDoesNot() async throws {
        try await with { trial in
            let plan = try ImagePlan(
                catalog: try trial.catalog.load(), settings: ImageSettings(prefix: "q", release: "small", version: "2"),
                mirror: nil)
            let renamed = Dictionary(
                uniqueKeysWithValues: trial.images.map {
                    ($0.replacing("p/", with: "q/").replacing("-latest", with: "-2"), $1)
                })
            let identity = RecipeTestBasis(images: renamed, engine: trial.engine).identity(
                of: try #require(plan["shop"]), in: plan, files: try trial.files(), runner: trial.runner)
            #expect(try identity == trial.identity())
        }
    }
}
