import DockerEngine
import Model
import Testing

@Suite struct ReplacingTests {
    @Test func replacesMembersOneAfterAnotherWithoutAGap() async throws {
        try await Scenario.run("rolling", services: "services: {ledger: 1, shop: 3, vault: 1}") { scenario in
            try await scenario.minke("up")
            _ = try await scenario.shell("echo gold >/var/vault/gold", in: "vault1")
            let before = try await scenario.members()

            scenario.step("new images of the shop and the vault")
            try await scenario.makeImages(["shop", "vault"], version: "2")
            let lines = try await scenario.planLines()
            try #require(
                lines == [
                    "run shop/schema: changed", "replace shop1: image changed", "replace shop2: image changed",
                    "replace shop3: image changed", "replace vault1: image changed (interrupts the vault)",
                ])
            let start = now()
            try await scenario.minke("up")

            scenario.step("everyone runs the new version, the job ran again, the data is there")
            let after = try await scenario.members()
            try #require(after["ledger1"] == before["ledger1"])
            for shop in ["shop1", "shop2", "shop3"] {
                try #require(try await scenario.shell("cat /version", in: shop) == "2")
            }
            try #require(try await scenario.ledger().contains("entries/shop-schema-2:schema-2\n"))
            try #require(try await !scenario.ledger().contains("opening-2"))
            try #require(try await scenario.shell("cat /version /var/vault/gold", in: "vault1") == "2gold\n")

            scenario.step("never was a shop stopped before its replacement was well, nor two at a time")
            let shops = try await scenario.happenings(since: start).filter { $0.contains(" shop") }
            try #require(
                shops == ["start shop1", "die shop1", "start shop2", "die shop2", "start shop3", "die shop3"])
            try await scenario.requireNothingToDo()
        }
    }

    @Test func leavesTheOldOneServingWhereTheNewOneDoesNotGetWell() async throws {
        try await Scenario.run("stuck", services: "services: {ledger: 1, shop: 2, vault: 1}") { scenario in
            try await scenario.minke("up")
            let before = try await scenario.members()

            scenario.step("an image whose service does not get well")
            try await scenario.makeImages(["shop"], version: "2", stuck: true)
            let failed = try await scenario.minke("up", expecting: 1)
            try #require(failed.errors.contains("the till is stuck"), "the last log lines")
            try #require(failed.errors.contains("/health was answered with 404, 200 expected"), "the probe's answer")
            try #require(failed.errors.contains("the old container of shop1 serves on"))
            let waits = failed.errors.split(separator: "\n").first { $0.hasPrefix("running replace shop1 (") }
            try #require(waits?.contains("): waiting for its probe: GET ") == true, "what was waited for meanwhile")
            try #require(failed.errors.contains("not begun: replace shop2"))

            scenario.step("nothing of it is left, and the old ones were not touched")
            try #require(try await scenario.members() == before)
            try #require(try await scenario.get("health", from: "shop1") == "well\n")

            scenario.step("one that cannot run twice is started again")
            try await scenario.makeImages(["shop"], version: "1")
            try await scenario.makeImages(["vault"], version: "2", stuck: true)
            let stopped = try await scenario.minke("up", expecting: 1)
            try #require(stopped.errors.contains("the old container of vault1 serves on"))
            try #require(try await scenario.member("vault1").id == before["vault1"]?.id)
            try #require(try await scenario.get("health", from: "vault1") == "well\n")

            scenario.step("with the cause mended, up finishes")
            try await scenario.makeImages(["shop", "vault"], version: "3")
            try await scenario.minke("up")
            try #require(try await scenario.shell("cat /version", in: "vault1") == "3")
            try await scenario.requireNothingToDo()
        }
    }
}
