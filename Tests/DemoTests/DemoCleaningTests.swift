import Model
import Testing

@testable import Demo

@Suite struct DemoCleaningTests {
    @Test func removesEverythingInTheRightOrder() async throws {
        let trial = DemoTrial()
        try await trial.run()
        _ = trial.cloud.takeChanges()
        let (removed, left) = try await trial.clean()
        #expect(left.isEmpty)
        #expect(removed.count == 12)
        #expect(trial.counts == [:])
        #expect(try trial.memory.rememberedObjects() == [])
        let changes = trial.cloud.takeChanges()
        #expect(
            changes.filter { !$0.hasPrefix("DELETE subnets") && !$0.hasPrefix("DELETE networks") } == [
                "DELETE floatingips floatingips-\(number(changes))", "DELETE servers minke-demo",
                "DELETE ports minke-demo", "PUT remove_router_interface", "DELETE routers minke-demo",
                "DELETE security-groups minke-demo", "DELETE os-keypairs minke-demo", "DELETE flavors minke-demo",
                "DELETE images minke-guest",
            ])
        #expect(trial.cloud.state.value.unexpected == [])
    }

    /// The number in the floating IP's identifier, since it has no name.
    private func number(_ changes: [String]) -> String {
        changes.first { $0.hasPrefix("DELETE floatingips") }?.split(separator: "-").last.map(String.init) ?? ""
    }

    @Test func leavesWhatOthersMade() async throws {
        let trial = DemoTrial()
        trial.cloud.change { state in
            for collection in ["networks", "subnets", "ports", "routers", "floatingips", "security-groups", "flavors"] {
                _ = state.make(collection, ValueMap([("name", "minke-demo"), ("description", "theirs")]))
            }
            let other: Value = ["io.minke.demo": "another"]
            _ = state.make(
                "servers", ValueMap([("name", "minke-demo"), ("metadata", other), ("status", "ACTIVE")]))
            let tags: Value = ["io.minke.demo=another"]
            _ = state.make(
                "images", ValueMap([("name", "minke-guest"), ("tags", tags), ("status", "active")]))
        }
        let before = trial.counts
        try await trial.run()
        _ = try await trial.clean()
        #expect(trial.counts == before)
    }

    @Test func finishesAnInterruptedRun() async throws {
        let trial = DemoTrial()
        trial.cloud.change { $0.breaksAfter = 7 }
        await #expect(throws: (any Error).self) { try await trial.run() }
        let (_, left) = try await trial.clean()
        #expect(left.isEmpty)
        #expect(trial.counts == [:])
    }

    @Test func goesOnWhenSomethingIsInUse() async throws {
        let trial = DemoTrial()
        try await trial.run()
        let network = try #require(
            trial.cloud.state.value.objects["networks"]?.first { $0["name"] == "minke-demo" }?["id"]?.string)
        trial.cloud.change { $0.busy = [network] }
        let (removed, left) = try await trial.clean()
        #expect(removed.count == 11)
        #expect(left.map(\.object.id) == [network])
        #expect(left.first?.reason.hasSuffix("was answered with 409: \(network) is in use") == true)
        #expect(try trial.memory.rememberedObjects().map(\.id) == [network])
        trial.cloud.change { $0.busy = [] }
        #expect(try await trial.clean().left.isEmpty)
        #expect(trial.counts == [:])
    }

    @Test func findsNothingWhereNothingIs() async throws {
        let trial = DemoTrial()
        #expect(try await trial.demoCloud().objects() == [])
        #expect(try await trial.clean().removed == [])
    }
}
