import Testing

/// Recipes' tests at the same time, of which one's recipe has a name that begins with the other's.
@Suite struct NeighbouringTests {
    @Test func leaveEachOthersContainersAlone() async throws {
        try await Scenario.run("neighbouring") { scenario in
            try scenario.declare("services: {}")
            // Each waits for the other: the first ends, and is cleaned up after, while the second one's container runs.
            try scenario.writeTestedRecipe(
                "alpha",
                """
                begun() { [[ -n $(docker ps --quiet --filter name=alpha-beta) ]]; }
                touch '\(scenario.folder)/begun'
                wait_for 60 begun
                """)
            try scenario.writeTestedRecipe(
                "alpha-beta",
                """
                ended() {
                    [[ -e '\(scenario.folder)/begun' ]] || return 1
                    local networks
                    networks=$(docker network ls --filter name=alpha --format '{{.Name}}')
                    [[ $networks == "$NETWORK" ]]
                }
                start thing "$IMAGE" sleep 600
                wait_for 60 ended
                runs thing
                """)
            try await scenario.makeImages(["alpha", "alpha-beta"])
            let run = try await scenario.minke(
                "test", "alpha", "alpha-beta", "--jobs", "2", "--no-cache", "--no-static")
            try #require(run.output.contains("passed alpha (") && run.output.contains("passed alpha-beta ("))
        }
    }
}
