import Model
import System
import Testing

@Suite struct LookingTests {
    @Test func tellsWhatIsDownAndWhatCannotRun() async throws {
        try await Scenario.run("asking", services: "services: {ledger: 1, shop: 1, clock: 1}") { scenario in
            scenario.step("what is down offers nothing")
            for isMade in [false, true] {
                if isMade {
                    try await scenario.minke("up")
                    try #require(try await scenario.minke("status", "--json").json()["up"]?.bool == true)
                    let counted = try await scenario.minke("status").output
                    try #require(counted.hasPrefix("\(scenario.name): 3 members of 3 services, all well"), "\(counted)")
                    try #require(!counted.contains("MEMBER"))
                    try #require(try await scenario.minke("status", "--all").output.hasPrefix("MEMBER"))
                    try await scenario.minke("stop")
                }
                let status = try await scenario.minke("status", expecting: 1)
                try #require(status.output == "\(scenario.name) is down: `minke up` brings it up")
                try #require(!status.output.contains("ENDPOINT"))
                let value = try await scenario.minke("status", "--json", expecting: 1).json()
                try #require(value["up"]?.bool == false && value["endpoints"]?.list == [])
            }
            try await scenario.minke("start")

            scenario.step("doctor looks at the engine that is used, and at the host")
            let doctor = try await scenario.start(["doctor", "--json"])
            let findings = try doctor.json().list ?? []
            let subjects = findings.compactMap { $0["subject"]?.string }
            // Findings about the engine's settings depend on the machine and are left out.
            let expected = [
                "engine", "disk", "mmdebstrap", "shellcheck", "tar", "docker", "ip", "ssh", "state", "memory", "user",
            ]
            try #require(subjects.filter(expected.contains) == expected, "\(doctor.output)")
            let lacking = findings.filter { $0["verdict"]?.string == "lacking" }
            try #require(doctor.status == (lacking.isEmpty ? 0 : 1))
            try #require(findings[0]["verdict"]?.string == "good", "\(doctor.output)")
            try #require(findings[0]["found"]?.string?.contains(" at \(scenario.engineAddress), ") == true)
            let state = findings.first { $0["subject"]?.string == "state" }
            try #require(state?["found"]?.string == scenario.stateFolder)
            let unreached = try await scenario.minke("doctor", expecting: 1, through: "unix:///no/such.sock")
            try #require(unreached.output.contains("lacking") && unreached.output.contains("DOCKER_HOST"))

            scenario.step("a program that is not there")
            let missing = try await scenario.minke("exec", "clock1", "--", "nosuch", "--option", expecting: 127)
            try #require(missing.output.isEmpty)
            try #require(
                missing.errors == "minke: cannot run this in clock1: \"nosuch\": executable file not found in $PATH",
                "\(missing.errors)")
            let refused = try await scenario.minke("exec", "clock1", "--", "/etc/passwd", expecting: 126)
            try #require(refused.output.isEmpty)
            try #require(refused.errors.contains("permission denied"))
            let own = try await scenario.minke(
                "exec", "clock1", "--", "sh", "-c", "echo mine; exit 127", expecting: 127)
            try #require(own.output == "mine" && own.errors.isEmpty)

            scenario.step("images without a name are shown before they go")
            try await scenario.makeImages(["vault"])
            let unnamed = try await scenario.id(of: "vault")
            try await scenario.makeImages(["vault"], version: "2")
            let prune = try await scenario.minke("prune", expecting: 4)
            try #require(prune.output.isEmpty)
            try #require(prune.errors.contains("FREES") && prune.errors.contains("vault "))
            try #require(prune.errors.contains(" without a name, and free about "))
            try #require(try await scenario.engine.images().contains { $0.id == unnamed })
        }
    }

    @Test func lookingAtOtherFilesGivesNoAddressAway() async throws {
        let services = "services: {ledger: 1, shop: 2, clock: 1}"
        try await Scenario.run("looking", services: services) { scenario in
            try await scenario.makeImages(["vault"])
            try await scenario.minke("up")
            let before = try await scenario.members()
            let remembered = try await scenario.addresses()
            try #require(remembered.keys.sorted() == ["clock1", "ledger1", "shop1", "shop2"])

            scenario.step("files without some members are only looked at")
            for others in [
                "services: {ledger: 1, shop: {members: {shop2: {}}}}",
                "services: {ledger: 1, shop: {members: {shop2: {}}}, vault: 1}",
                "services: {vault: 1}",
            ] {
                try scenario.declare(others)
                try await scenario.minke("plan", expecting: 3)
                try await scenario.minke("plan", "--json", expecting: 3)
                try await scenario.minke("config", "render", "vault1", expecting: others.contains("vault") ? 0 : 2)
                _ = try await scenario.start(["status"])
                try await scenario.minke("ps")
                let unconfirmed = try await scenario.start(["up"])
                try #require(unconfirmed.status != 0)
                try #require(try await scenario.addresses() == remembered, "\(others)")
            }

            scenario.step("nothing has changed for the first file")
            try scenario.declare(services)
            try await scenario.requireNothingToDo()
            try await scenario.minke("up")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.addresses() == remembered)

            scenario.step("a member that comes while another goes gets an address of its own")
            try scenario.declare("services: {ledger: 1, shop: {members: {shop2: {}}}, vault: 1}")
            try await scenario.minke("up", "--yes")
            try await scenario.requireNothingToDo()
            let now = try await scenario.addresses()
            let vault = try #require(now["vault1"])
            try #require(
                now.filter { $0.key != "vault1" } == remembered.filter { ["ledger1", "shop2"].contains($0.key) })
            try #require(Set(vault).isDisjoint(with: remembered.values.joined()))

            scenario.step("what is gone comes back")
            try scenario.declare("services: {ledger: 1, shop: 2, clock: 1, vault: 1}")
            try await scenario.minke("up")
            try await scenario.requireNothingToDo()
            for name in ["ledger1", "shop2"] { try #require(try await scenario.members()[name] == before[name]) }

            scenario.step("a member cannot have the address under which another runs")
            let address = try await scenario.address(of: "shop1")
            try scenario.declare("services: {ledger: 1, shop: 2, clock: {members: {clock1: {address: \(address)}}}}")
            let refused = try await scenario.minke("plan", expecting: 2)
            try #require(
                refused.errors.contains(
                    "environment.yaml:5:50: the address \(address) of clock1 is in use by the container of shop1"))
        }
    }
}

extension Scenario {
    /// The addresses in the program's state, by member.
    fileprivate func addresses() async throws -> [String: [String]] {
        let prefix = "environments/\(name)/addresses/"
        var addresses: [String: [String]] = [:]
        for entry in try await store().range(prefix: prefix) {
            let member = String(entry.key.dropFirst(prefix.count))
            addresses[member] = try JSON.parse(entry.value).list?.compactMap(\.string)
        }
        return addresses
    }
}
