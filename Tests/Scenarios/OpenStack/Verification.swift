import Model
import System
import Testing

/// The tests of a scenario's cloud by `minke verify`.
enum Verification {
    /// Requires that the quick list passes, also after a run that was stopped, and that neither leaves anything in the
    /// cloud.
    static func requireQuickTests(_ scenario: Scenario) async throws {
        let before = try await objects(scenario)
        let stopped = scenario.command(["verify", "tempest.api.image.v2.test_images_negative"])
        let run = Task { try await stopped.run() }
        try await scenario.eventually("images for the tests are there", within: .seconds(300)) {
            let names = scenario.column("Name", of: try await scenario.openstack("image", "list"))
            return names.contains { $0.hasPrefix("minke-verify") }
        }
        run.cancel()
        _ = await run.result
        let report = "\(scenario.folder)/report"
        let result = try await scenario.minke("verify", "--json", "--report", report).json()
        let counts = result["counts"]
        try #require(counts?["failed"]?.int == 0 && counts?["missing"]?.int == 0, "\(String(describing: counts))")
        try #require((counts?["passed"]?.int ?? 0) >= 95, "\(String(describing: counts))")
        for skip in result["skips"]?.list ?? [] { try #require(skip["reason"]?.string?.isEmpty == false) }
        try #require(result["leftovers"]?.list?.isEmpty == true)
        try #require(result["unknown"]?.list?.isEmpty == true)
        try #require(try await objects(scenario) == before)
        let saved = try JSON.parse(Files.readText("\(report)/report.json"))
        try #require(saved["tests"] == result["tests"])
        for file in ["report.html", "junit.xml"] { try #require(Files.exists("\(report)/\(file)")) }
        let again = try await scenario.minke("verify", "--continue", "--json").json()
        try #require(again["tests"] == result["tests"], "a run that came to its end is gone on with by none")
    }

    /// The names of all objects of the kinds that tests create.
    private static func objects(_ scenario: Scenario) async throws -> [String: [String]] {
        var names: [String: [String]] = [:]
        for kind in ["image", "flavor", "network", "subnet", "router", "project", "user", "security group"] {
            let list = try await scenario.openstack(kind.split(separator: " ").map(String.init) + ["list"])
            names[kind] = scenario.column("Name", of: list).sorted()
        }
        return names
    }
}
