import DockerEngine
import Model
import Synchronization
import System
import Testing

@Suite struct FirstUpTests {
    @Test func bringsEverythingUpOnceAndThenHasNothingToDo() async throws {
        try await Scenario.run("first-up", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") { scenario in
            scenario.step("the plan names everything and changes nothing")
            let before = try await scenario.listing()
            let lines = try await scenario.planLines()
            try #require(lines.contains { $0.hasPrefix("create shop2") })
            try #require(try await scenario.listing() == before)

            scenario.step("up makes it so")
            try await scenario.minke("up", "--trace", "\(scenario.folder)/trace.json")
            let containers = try await scenario.containers()
            let names = ["clock1", "ledger1", "shop1", "shop2", "vault1"].map { "\(scenario.name)-\($0)" }
            try #require(containers.map(\.name) == names)
            try #require(containers.allSatisfy { $0.state == .running })

            scenario.step("the trace has every step of the plan")
            let events = try JSON.parse(Files.read("\(scenario.folder)/trace.json"))["traceEvents"]?.list ?? []
            let steps = events.filter { $0["ph"]?.string == "X" }
            try #require(steps.count == lines.count)
            for step in steps {
                let title = try #require(step["name"]?.string)
                try #require(lines.contains { $0.hasPrefix(title) }, "\(title)")
                try #require(step["dur"]?.int ?? 0 > 0)
            }

            scenario.step("the grant and the jobs were done")
            let ledger = try await scenario.ledger()
            try #require(ledger.contains("entries/shop-schema-1:schema-1\n"))
            try #require(ledger.contains("entries/shop-opening-1:opening-1\n"))

            scenario.step("the port is published on the environment's address")
            let vault = try await scenario.member("vault1")
            try #require(vault.ports["8080/tcp"]?.first?.address == scenario.publicAddress)

            scenario.step("ps and status see it, and members can be asked")
            try #require(try await scenario.minke("ps", "--json").json().list?.count == 5)
            try await scenario.minke("status")
            try #require(try await scenario.minke("logs", "shop1").output.contains("open for business"))
            let line = try JSON.parse(try await scenario.minke("logs", "--json", "--tail", "1", "shop1").output)
            try #require(line["member"] == "shop1" && line["text"] == "open for business")
            try #require(line["time"]?.string?.hasSuffix("Z") == true)
            try #require(try await scenario.minke("exec", "shop1", "--", "cat", "/version").output == "1")
            try await scenario.minke("exec", "shop1", "--", "sh", "-c", "exit 7", expecting: 7)
            let followed = try await scenario.minke("logs", "--request", "open for").output
            try #require(
                Set(followed.split(separator: "\n").map(String.init)) == [
                    "shop1   | open for business", "shop2   | open for business", "vault1  | open for business",
                ])
            let nothing = try await scenario.minke("logs", "--request", "req-nobody", expecting: 2).errors
            try #require(nothing.contains("no log that was searched has the request req-nobody"))

            scenario.step("logs are followed as they are written")
            try await follow(scenario)

            scenario.step("another up only reads, and little of that")
            let proxy = try EngineProxy(socket: "\(scenario.folder)/engine.sock", engine: scenario.engineAddress)
            defer { proxy.stop() }
            let again = try await scenario.minke("up", through: proxy.address)
            try #require(again.output.contains("nothing to do"))
            try await scenario.minke("up", "--trace", "\(scenario.folder)/empty.json")
            let empty = try JSON.parse(Files.read("\(scenario.folder)/empty.json"))["traceEvents"]?.list
            try #require(empty?.count == 1)
            try #require(
                proxy.requests.map(\.description).sorted() == [
                    "GET /_ping", "GET /containers/json", "GET /images/json", "GET /networks", "GET /volumes",
                    "GET /volumes/minke-\(scenario.name)-owner",
                ])
        }
    }

    /// Follows two members' logs, and makes each member write another line.
    private func follow(_ scenario: Scenario) async throws {
        let written = Mutex("")
        var command = scenario.command(["logs", "-f", "--tail", "1", "shop1", "vault1"])
        command.onOutput = { _, bytes in written.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
        let following = Task { [command] in try await command.run() }
        defer { following.cancel() }
        try await scenario.eventually("the last line is shown") {
            written.withLock { $0.contains("shop1  | open for business\n") }
        }
        for (member, column) in [("shop1", "shop1 "), ("vault1", "vault1")] {
            _ = try await scenario.shell("kill -HUP $(cat /run/web/pid)", in: member, user: "4242")
            try await scenario.eventually("the next line of \(member) is shown") {
                written.withLock { $0.contains("\(column) | taking the configuration again\n") }
            }
        }
    }

    @Test func keepsSecretsOutOfEverythingThatTheEngineShows() async throws {
        try await Scenario.run("secrecy", services: "services: {ledger: 1, shop: 1, vault: 1}") { scenario in
            let up = try await scenario.minke("up", "--verbose")
            let configuration = try await scenario.shell("cat /etc/minke/shop.conf /etc/minke/seal", in: "shop1")
            let secrets = configuration.split(whereSeparator: \.isWhitespace).filter { $0.utf8.count >= 32 }
                .map(String.init)
            try #require(secrets.count == 2, "a password and a seal")

            scenario.step("only the service's user reads its files")
            let listing = try await scenario.shell(
                "stat -c '%a %u %n' /etc/minke/shop.conf /etc/minke/seal", in: "shop1")
            try #require(listing == "600 4242 /etc/minke/shop.conf\n600 4242 /etc/minke/seal\n")

            scenario.step("no container, volume or image tells them, nor what the program printed")
            var shown = up.output + up.errors
            for container in try await scenario.containers() {
                shown += JSON.text(try await scenario.engine.inspectContainer(container.id).raw)
                shown += try await scenario.engine.logs(of: container.id).map(\.text).joined()
            }
            shown += try await scenario.minke("config", "render", "shop1", expecting: 0).output
            for secret in secrets { try #require(!shown.contains(secret)) }
        }
    }
}
