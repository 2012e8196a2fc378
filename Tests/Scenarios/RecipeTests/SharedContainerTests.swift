import Model
import System
import Testing

/// Containers that recipes' tests share: a test takes over what an earlier one started, unless it replaces it.
@Suite struct SharedContainerTests {
    /// A recipe whose test starts the container `thing`, which may be an earlier test's, and does more with it.
    private struct Borrower {
        let scenario: Scenario

        init(in scenario: Scenario) async throws {
            self.scenario = scenario
            try scenario.declare("services: {}")
            try scenario.writeTestedRecipe("borrower", "")
            try await scenario.makeImages(["borrower"])
        }

        /// Runs a test with these steps before and after the start of `thing`; returns its outcome and the container that
        /// it used.
        func test(
            sharing: Bool = true, before: String = "", after: String = ""
        ) async throws -> (run: SubprocessResult, thing: String) {
            try scenario.writeTestedRecipe(
                "borrower",
                """
                empty_thing() { inside thing rm -f /tmp/trace; }
                make_thing() { start thing "$IMAGE" sleep 600; }
                \(before)
                borrow thing "$IMAGE" || lend thing make_thing
                if inside thing test -e /tmp/trace; then fail "an earlier test's file is there"; fi
                inside thing touch /tmp/trace
                docker inspect --format '{{.Id}}' "$NAME_PREFIX-thing" >'\(scenario.folder)/thing'
                \(after)
                """)
            let result = try await scenario.command(
                ["test", "borrower", "--no-cache", "--no-static"],
                variables: ["SURROUNDINGS": sharing ? "\(Scenario.label)=\(scenario.name)" : ""]
            ).run()
            scenario.diary.add("\(result.outputText)\(result.errorText)")
            return (result, try Files.readText("\(scenario.folder)/thing"))
        }
    }

    @Test func areTakenOverUnlessTheTestReplacesThem() async throws {
        try await Scenario.run("shared") { scenario in
            let borrower = try await Borrower(in: scenario)
            scenario.step("the next test takes over what the first one started, emptied")
            let first = try await borrower.test()
            try #require(first.run.status.code == 0)
            let second = try await borrower.test()
            try #require(second.run.status.code == 0 && second.thing == first.thing)

            scenario.step("a test that replaces it without saying so before is refused, whether it was there or not")
            for sharing in [true, false] {
                let refused = try await borrower.test(sharing: sharing, after: "discard thing")
                try #require(refused.run.status.code == 1 && (refused.thing == first.thing) == sharing)
                try #require(refused.run.outputText.contains("say own thing before it is started"))
            }
            let late = try await borrower.test(after: "own thing")
            try #require(late.run.outputText.contains("own thing comes too late"))

            scenario.step("a test that says so has one of its own, and replaces it; the other stays for later ones")
            let own = try await borrower.test(before: "own thing", after: "discard thing; make_thing")
            try #require(own.run.status.code == 0 && own.thing != first.thing)
            try #require(try await borrower.test().thing == first.thing)
        }
    }
}
