import Model
import System
import Testing

/// The results that `minke test` keeps: a test that passed is run again only if something that it depends on has
/// changed.
@Suite struct KeptResultTests {
    /// A recipe whose test counts its runs, and passes unless its answer is wrong.
    private struct Counter {
        let scenario: Scenario
        var folder: String { "\(scenario.catalogFolder)/recipes/counter" }
        var results: String { "\(scenario.folder)/results" }
        private var runsFile: String { "\(scenario.folder)/runs" }

        init(in scenario: Scenario) async throws {
            self.scenario = scenario
            try scenario.declare("services: {}")
            try scenario.writeCatalogFile("recipes/counter/recipe.yaml", "summary: A counter\nimage: {parent: tiny}\n")
            try scenario.writeCatalogFile("recipes/counter/Dockerfile", "ARG PARENT\nFROM ${PARENT}\n")
            let script = """
                #!/bin/bash
                set -euo pipefail
                . "${CATALOG:?}/lib/count.sh"
                : "${IMAGE_shop:?}"
                if env | grep -q '^IMAGE_v'; then exit 1; fi
                count "$(cat "$(dirname "$0")/answer")"

                """
            try scenario.writeCatalogFile("recipes/counter/test/run", script, mode: 0o755)
            try scenario.writeCatalogFile("recipes/counter/test/answer", "right\n")
            try scenario.writeCatalogFile("lib/count.sh", "count() { echo run >>'\(runsFile)'; [[ $1 != wrong ]]; }\n")
            try scenario.writeCatalogFile("lib/other.sh", "true\n")
            try await scenario.makeImages(["counter", "shop", "vault"])
        }

        /// Runs `minke test`; returns the first line that it prints and the number of runs of the recipe's test.
        func test(_ words: String...) async throws -> (said: String, runs: Int) {
            let command = scenario.command(["test", "counter"] + words, variables: ["MINKE_TEST_RESULTS": results])
            let before = runs
            let result = try await command.run()
            scenario.diary.add("\(result.outputText)\(result.errorText)")
            let said = result.outputText.prefix { $0 != "\n" && $0 != "(" }
            return (said.last == " " ? String(said.dropLast()) : String(said), runs - before)
        }

        private var runs: Int { ((try? Files.readText(runsFile)) ?? "").split(separator: "\n").count }

        func requireRun(_ what: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
            scenario.step(what)
            let run = try await test()
            try #require(run == ("passed counter", 1), "\(what)", sourceLocation: sourceLocation)
            try await requireKept(what, sourceLocation: sourceLocation)
        }

        func requireKept(_ what: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let run = try await test()
            try #require(run == ("passed counter", 0), "\(what)", sourceLocation: sourceLocation)
        }
    }

    @Test func aPassIsKeptUntilSomethingHasChanged() async throws {
        try await Scenario.run("kept") { scenario in
            let counter = try await Counter(in: scenario)
            try await counter.requireRun("a first run")
            try #require(try await counter.test("--no-cache") == ("passed counter", 1))

            try scenario.writeCatalogFile("recipes/counter/test/answer", "right, too\n")
            try await counter.requireRun("a file of the test")
            try Files.append("# more\n", to: "\(counter.folder)/test/run")
            try await counter.requireRun("the test itself")
            try Files.append("# more\n", to: "\(scenario.catalogFolder)/lib/count.sh")
            try await counter.requireRun("a file of the catalogue that it names")
            try await scenario.makeImages(["counter"], version: "2")
            try await counter.requireRun("its image")
            try await scenario.makeImages(["shop"], version: "2")
            try await counter.requireRun("an image that it names")

            try Files.append("# more\n", to: "\(scenario.catalogFolder)/lib/other.sh")
            try Files.append("RUN true\n", to: "\(counter.folder)/Dockerfile")
            try await scenario.makeImages(["vault"], version: "2")
            try await counter.requireKept("what it neither names nor sees")

            scenario.step("a damaged result is none")
            for name in try Files.names(in: counter.results) where name.hasSuffix(".json") {
                try Files.write("{", to: "\(counter.results)/\(name)")
            }
            try await counter.requireRun("damaged results")
        }
    }

    @Test func aFailureIsNotKept() async throws {
        try await Scenario.run("kept-failure") { scenario in
            let counter = try await Counter(in: scenario)
            try scenario.writeCatalogFile("recipes/counter/test/answer", "wrong\n")
            for _ in 0..<2 { try #require(try await counter.test() == ("failed counter", 1)) }
            try scenario.writeCatalogFile("recipes/counter/test/answer", "right\n")
            try await counter.requireRun("the fault is mended")
            try scenario.writeCatalogFile("recipes/counter/test/answer", "wrong\n")
            try #require(try await counter.test() == ("failed counter", 1))
        }
    }

    @Test func staticChecksCanBeLeftOutAndBeAllThereIs() async throws {
        try await Scenario.run("kept-static") { scenario in
            let counter = try await Counter(in: scenario)
            try Files.append("echo $IMAGE_shop\n", to: "\(counter.folder)/test/run")

            scenario.step("what they find makes a test that passes fail")
            let all = try await scenario.minke("test", "counter", "--no-cache", expecting: 1)
            try #require(all.output.contains("passed counter") && all.output.contains("static checks found"))
            try #require(all.errors.contains("SC2086"))
            let alone = try await scenario.minke("test", "counter", "--static", expecting: 1)
            try #require(!alone.output.contains("counter") && alone.errors.contains("SC2086"))

            scenario.step("without them, there is the test")
            let without = try await scenario.minke("test", "counter", "--no-cache", "--no-static")
            try #require(without.output.contains("passed counter") && !without.output.contains("static"))
            let neither = try await scenario.start(["test", "counter", "--static", "--no-static"])
            try #require(neither.status != 0 && neither.errors.contains("leave nothing to do"))
            let unreached = try await scenario.start(
                ["test", "counter", "--no-static"], through: "unix://\(scenario.folder)/nobody.sock")
            try #require(unreached.status != 0 && unreached.errors.contains("nobody.sock"))
        }
    }
}
