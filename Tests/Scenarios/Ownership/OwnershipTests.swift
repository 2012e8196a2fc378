import DockerEngine
import Model
import System
import Testing

@Suite struct OwnershipTests {
    @Test func leavesAloneWhatOnlyInheritedItsLabels() async throws {
        try await Scenario.run("inherited", services: "services: {ledger: 1, shop: 2, vault: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()

            scenario.step("containers run from what was committed of members")
            var strangers: [String] = []
            var labels: [String: [String: String]] = [
                // Those of the client's container.
                "client": [Labels.environment: scenario.name, Labels.role: "client", Labels.member: "client"]
            ]
            for member in ["shop1", "vault1", "ledger1"] { labels[member] = try await scenario.member(member).labels }
            for (member, labels) in labels {
                var configuration = ContainerConfiguration(
                    image: scenario.image("vault"), command: ["sleep", "infinity"])
                configuration.labels = labels
                let id = try await scenario.engine.createContainer(
                    name: "\(scenario.name)-debug-\(member)", configuration)
                try await scenario.engine.startContainer(id)
                strangers.append(id)
            }

            scenario.step("nobody takes them for members")
            try await scenario.requireNothingToDo()
            try await scenario.minke("up")
            try await scenario.minke("status")
            let listed = try await scenario.minke("ps", "--json").json().list ?? []
            try #require(Set(listed.compactMap { $0["id"]?.string }) == Set(before.values.map(\.id)))
            try await scenario.minke("restart", "vault1")
            try #require(try await scenario.engine.inspectContainer(before["shop1"]?.id ?? "").state.state == .running)

            scenario.step("they outlive the environment")
            try await scenario.minke("down")
            for id in strangers {
                try #require(try await scenario.engine.inspectContainer(id).state.state == .running)
            }
        }
    }

    @Test func belongsToOneStateFolder() async throws {
        try await Scenario.run("owned", services: "services: {ledger: 1, shop: 1}") { scenario in
            let other = "\(scenario.folder)/other-state"
            try await scenario.minke("up")
            let before = try await scenario.members()
            let files = try await scenario.shell("cat /etc/minke/shop.conf", in: "shop1")

            scenario.step("a second state folder is refused before it changes anything, and told what to do")
            for words in [
                ["up", "--yes"], ["up", "--verify", "--yes"], ["plan"], ["down"], ["restart", "shop1"],
                ["stop"],
            ] {
                let refused = try await scenario.start(words, state: other)
                try #require(refused.status != 0, "\(words)")
                try #require(refused.errors.contains("belongs to the state folder \(scenario.stateFolder)"))
                try #require(refused.errors.contains("minke up --take-over"))
            }
            try #require(try await scenario.members() == before)
            try #require(try await scenario.start(["ps"], state: other).status == 0)

            scenario.step("with the word it takes over, with the passwords that there are")
            let taken = try await scenario.start(["up", "--take-over"], state: other)
            try #require(taken.status == 0, "\(taken.errors)")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.shell("cat /etc/minke/shop.conf", in: "shop1") == files)

            scenario.step("then the first one is refused")
            let refused = try await scenario.start(["restart", "shop1"])
            try #require(refused.errors.contains("belongs to the state folder \(other)"))

            scenario.step("where the owner's folder is gone, no word is needed")
            try Files.remove(other)
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.shell("cat /etc/minke/shop.conf", in: "shop1") == files)
            try await scenario.requireNothingToDo()
            try await scenario.minke("down", "--volumes", "--yes")
            try #require(try await scenario.listing().allSatisfy { $0.hasPrefix("image") })
        }
    }

    @Test func hasOneOwnerWhereTwoBegin() async throws {
        try await Scenario.run("two-begin", services: "services: {clock: 1}") { scenario in
            let folders = (1...4).map { "\(scenario.folder)/state-\($0)" }
            let runs = try await withThrowingTaskGroup(of: ProgramRun.self) { group in
                for folder in folders { group.addTask { try await scenario.start(["up"], state: folder) } }
                var all: [ProgramRun] = []
                for try await run in group { all.append(run) }
                return all
            }
            try #require(runs.count { $0.status == 0 } == 1, "\(runs.map(\.errors))")
            // Runs that looked earlier may meet the network that the first one created.
            for run in runs where run.status != 0 {
                try #require(
                    run.errors.contains("belongs to the state folder")
                        || run.errors.contains("the network is to have \(scenario.subnet)"), "\(run.errors)")
            }
        }
    }
}
