import Model
import System
import Testing

@Suite struct SavedPlansTests {
    @Test func carriesOutExactlyWhatWasShownOrNothing() async throws {
        try await Scenario.run("saved-plan", services: "services: {ledger: 1, shop: 2, clock: 1}") { scenario in
            let file = "\(scenario.folder)/plan.json"
            scenario.step("a plan of everything is saved and carried out")
            let saved = try await scenario.minke("plan", "--json", expecting: 3)
            let titles = try saved.json()["steps"]?.list?.compactMap { $0["title"]?.string } ?? []
            try #require(titles.first == "create network minke-\(scenario.name)" && titles.count == 8, "\(titles)")
            try Files.write(saved.output, to: file)
            let up = try await scenario.minke("up", "--plan", file, "--json")
            try #require(try up.json()["steps"]?.int == 8)
            let empty = try await scenario.minke("plan", "--json")
            try #require(try empty.json()["steps"]?.list?.isEmpty == true)

            scenario.step("carried out, it does not fit any more")
            let before = try await scenario.members()
            let stale = try await scenario.minke("up", "--plan", file, expecting: 2)
            try #require(stale.errors.contains("the state that it rests on has changed since the plan was made"))
            try #require(try await scenario.members() == before)

            scenario.step("a plan is carried out as it was shown, though more could be done by now")
            try scenario.declare("services: {ledger: 1, shop: {replicas: 2, settings: {tills: 4}}, clock: 1}")
            try Files.write(try await scenario.minke("plan", "--json", expecting: 3).output, to: file)
            try await scenario.engine.stopContainer(try await scenario.member("clock1").id)
            let partial = try await scenario.minke("up", "--plan", file)
            try #require(partial.output.contains("; not running in \(scenario.name): clock1; "))
            try #require(!partial.output.contains("is up"))
            try #require(try await scenario.member("clock1").state.state == .exited)
            try #require(try await scenario.get("taken", from: "shop2").contains("tills = 4\n"))
            try #require(try await scenario.planLines() == ["start clock1: stopped"])

            scenario.step("a plan without steps starts nothing, and does not hide what is to be done")
            try Files.write(empty.output, to: file)
            let none = try await scenario.minke("up", "--plan", file, "--json")
            try #require(try none.json()["not-running"]?.list == ["clock1"])
            try #require(try await scenario.planLines() == ["start clock1: stopped"])

            scenario.step("a plan whose file changed meanwhile is refused")
            try Files.write(try await scenario.minke("plan", "--json", expecting: 3).output, to: file)
            try await scenario.minke("up")
            try scenario.declare("services: {ledger: 1, shop: {replicas: 2, settings: {tills: 5}}, clock: 1}")
            try Files.write(try await scenario.minke("plan", "--json", expecting: 3).output, to: file)
            try scenario.declare("services: {ledger: 1, shop: {replicas: 2, settings: {tills: 6}}, clock: 1}")
            let refused = try await scenario.minke("up", "--plan", file, expecting: 2)
            try #require(refused.errors.contains("replace shop1: the state that it rests on has changed"))
            try #require(try await scenario.get("taken", from: "shop2").contains("tills = 4\n"))
        }
    }
}
