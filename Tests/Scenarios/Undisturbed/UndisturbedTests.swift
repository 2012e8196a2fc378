import DockerEngine
import Model
import System
import Testing

/// The records of runs that had nothing to do, which the next run uses, and which never hide a change.
@Suite struct UndisturbedTests {
    private let services = "services: {ledger: 1, shop: 2, vault: 1, clock: 1}"

    @Test func asksNoMoreThanTheListsWhereNothingHasChanged() async throws {
        try await Scenario.run("undisturbed-lists", services: services) { scenario in
            try await scenario.minke("up")
            let worked = try await scenario.minke("up")
            try #require(try await knownRuns(in: scenario) == 1)
            let known = try await scenario.minke("up")
            try #require(known.output == worked.output && known.errors == worked.errors)
            let json = try await scenario.minke("up", "--json")
            try #require(try json.json()["steps"]?.int == 0)

            scenario.step("the engine is asked for its lists and nothing else")
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            defer { proxy.stop() }
            try await scenario.minke("up", through: proxy.address)
            let before = proxy.requests.count
            try await scenario.minke("up", through: proxy.address)
            try #require(
                proxy.requests.dropFirst(before).map(\.description).sorted() == [
                    "GET /containers/json", "GET /networks", "GET /volumes",
                ])

            scenario.step("what another run works on is not looked at")
            let lock = try await scenario.store().lock("environments/\(scenario.name)", owner: "a test")
            try #require(try await scenario.minke("up", expecting: 1).errors.contains("a test"))
            await lock.release()
            try await scenario.minke("up")

            scenario.step("--verify does everything that can be verified")
            try #require(try await scenario.minke("up", "--verify", "--json").json()["steps"]?.int != 0)
        }
    }

    @Test func seesEveryChangeOfAnInput() async throws {
        try await Scenario.run("undisturbed-inputs", services: services) { scenario in
            try Files.write("otter\n", to: "\(scenario.folder)/seal", mode: 0o600)
            let head = "secrets: {shop.seal: {file: seal}}\n"
            try scenario.declare(head + services)
            try await settle(scenario)

            scenario.step("the environment's file")
            try scenario.declare(head + "services: {ledger: 1, shop: 2, vault: {settings: {guard: dog}}, clock: 1}")
            try await requireSteps(["reload vault1: vault.conf [vault] guard none -> dog"], in: scenario)

            scenario.step("a value over the recipe's")
            try scenario.declare(
                head + "services: {ledger: 1, shop: 2, vault: {config: {vault.conf: {vault: {guard: cat}}}}, clock: 1}")
            try await requireSteps(["reload vault1: vault.conf [vault] guard dog -> cat"], in: scenario)

            scenario.step("a secret's file, and who may read it")
            try Files.write("heron\n", to: "\(scenario.folder)/seal", mode: 0o600)
            try await requireSteps(["shop1", "shop2"], in: scenario)
            try Files.setMode(0o644, of: "\(scenario.folder)/seal")
            try #require(try await scenario.minke("up", expecting: 2).errors.contains("others may read it"))
            try Files.setMode(0o600, of: "\(scenario.folder)/seal")
            try await settle(scenario)

            scenario.step("a recipe")
            let recipe = "\(scenario.catalogFolder)/recipes/clock/recipe.yaml"
            let text = try Files.readText(recipe)
            try Files.write(text + "\n# Nothing of it is in a container.\n", to: recipe)
            try await settle(scenario)
            try Files.write(text + "\nmistake: 1\n", to: recipe)
            try #require(try await scenario.minke("up", expecting: 2).errors.contains("mistake"))
            try Files.write(text, to: recipe)
            try await settle(scenario)

            scenario.step("a release that comes beside")
            let release = "\(scenario.catalogFolder)/releases/two.yaml"
            try Files.write(try Files.readText("\(scenario.catalogFolder)/releases/one.yaml"), to: release)
            try #require(try await scenario.minke("up", expecting: 2).errors.contains("are both the default"))
            try Files.remove(release)
            try await settle(scenario)

            scenario.step("an image that was built again under its name")
            try await scenario.makeImages(["clock"], version: "2")
            try await requireSteps(["replace clock1"], in: scenario)

            scenario.step("the folder that keeps what is remembered")
            try Files.remove(scenario.stateFolder)
            try await scenario.minke("up")
            try await settle(scenario)
        }
    }

    @Test func seesEveryChangeOnTheEngine() async throws {
        try await Scenario.run("undisturbed-engine", services: services) { scenario in
            let engine = scenario.engine
            try await settle(scenario)

            scenario.step("a container that was stopped")
            try await engine.stopContainer(try await scenario.member("vault1").id)
            try await requireSteps(["start vault1: stopped"], in: scenario)

            scenario.step("a container that was paused")
            try await engine.pauseContainer(try await scenario.member("shop1").id)
            try await requireSteps(["start shop1: paused"], in: scenario)

            scenario.step("a container that was removed, with its port taken by somebody else meanwhile")
            let vault = try await scenario.member("vault1")
            let port = try #require(vault.ports["8080/tcp"]?.first?.port)
            try await engine.removeContainer(vault.id, force: true)
            var other = ContainerConfiguration(image: "\(scenario.name)/clock:one-latest", command: ["sleep", "600"])
            other.labels = [Scenario.label: scenario.name]
            other.host.ports["8080/tcp"] = [HostPort(address: scenario.publicAddress, port: port)]
            let stranger = try await engine.createContainer(name: "\(scenario.name)-stranger", other)
            try await engine.startContainer(stranger)
            try #require(try await scenario.minke("up", expecting: 2).errors.contains("\(port)"))
            try await engine.removeContainer(stranger, force: true)
            try await requireSteps(["create vault1: missing"], in: scenario)

            scenario.step("a container that was taken off its network")
            try await engine.disconnect(
                try await scenario.member("shop2").id, from: "minke-\(scenario.name)", force: true)
            try await requireSteps(["replace shop2: not on its network"], in: scenario)

            scenario.step("a container that was renamed")
            try await engine.renameContainer(try await scenario.member("clock1").id, to: "\(scenario.name)-other")
            try await requireSteps(["rename clock1"], in: scenario)

            scenario.step("a volume that was removed and made again")
            let ledger = try await scenario.member("ledger1")
            try await engine.removeContainer(ledger.id, force: true, volumes: true)
            try await engine.removeVolume("\(scenario.name)-ledger1-data")
            try await scenario.minke("up", "--yes")
            try await settle(scenario)

            scenario.step("everything, with the network")
            for container in try await scenario.containers() {
                try await engine.removeContainer(container.id, force: true)
            }
            try await engine.removeNetwork("minke-\(scenario.name)")
            try #require(try await scenario.minke("up", "--json").json()["steps"]?.int != 0)
            try await settle(scenario)
        }
    }

    /// Brings the environment up until there is a record that there is nothing to do.
    private func settle(_ scenario: Scenario) async throws {
        try await scenario.minke("up")
        try #require(try await scenario.minke("up", "--json").json()["steps"]?.int == 0)
        try #require(try await knownRuns(in: scenario) == 1)
    }

    /// Requires that `up` has steps now, whose plan's lines contain these texts, each of them and no others, and that
    /// there is nothing to do afterwards.
    private func requireSteps(_ beginnings: [String], in scenario: Scenario) async throws {
        let lines = try await scenario.planLines()
        try #require(
            lines.allSatisfy { line in beginnings.contains { line.contains($0) } }
                && beginnings.allSatisfy { beginning in lines.contains { $0.contains(beginning) } }, "\(lines)")
        try #require(try await scenario.minke("up", "--json").json()["steps"]?.int == lines.count)
        try await scenario.requireNothingToDo()
        try await settle(scenario)
    }

    /// The number of records of runs that had nothing to do.
    private func knownRuns(in scenario: Scenario) async throws -> Int {
        try await scenario.store().range(prefix: "nothing-to-do/").count
    }
}
