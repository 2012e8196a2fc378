import Glibc
import System
import Testing

@Suite struct HostNetworkTests {
    /// Runs alone, since no other test may change the engine's networks meanwhile.
    @Test(.enabled(if: geteuid() == 0)) func leavesTheHostAsItWas() async throws {
        try await Scenario.run("host", alone: true) { scenario in
            let own = Foreign(place: scenario.place)
            do {
                try await own.make()
                try await compare(scenario, own)
            } catch {
                await own.remove()
                throw error
            }
            await own.remove()
        }
    }

    private func compare(_ scenario: Scenario, _ own: Foreign) async throws {
        try await scenario.makeImages(["barn", "horse", "vault"])
        let field = "networks: {field: {subnet: 198.18.\(200 + scenario.place).0/24}}"
        try scenario.declare("\(field)\nservices: {horse: {}, barn: 2, vault: 1}")
        let before = try await HostNetwork.read()

        for (words, sentence) in [(["down", "--volumes", "--yes"], "removed"), (["down"], "taken down")] {
            scenario.step("an environment with pods, a published port and an interface of the host, \(sentence) again")
            try await scenario.minke("up")
            try await scenario.minke("external-net", "--network", "field", "--interface", own.interface)
            try await scenario.minke("restart", "barn1")
            let during = try await HostNetwork.read()
            let missing = before.lines.filter { !during.lines.contains($0) }
            try #require(missing == before.lines.filter { $0.hasPrefix("interface \(own.interface) ") })
            try #require(during.lines.contains { $0.hasPrefix("interface \(own.interface) ") && $0.contains(" up ") })

            let down = try await scenario.start(words)
            try #require(down.status == 0, "\(down.errors)")
            try await HostNetwork.require(before, in: scenario)
        }
    }
}

/// Somebody else's network on the host: interfaces with addresses, a route, a rule, a packet filter.
private struct Foreign {
    let place: Int

    /// The name of an interface without addresses, which can be attached to a network.
    var interface: String { "mkh\(place)" }
    private var other: String { "mki\(place)" }
    private var subnet: String { "198.19.\(place)" }

    func make() async throws {
        await remove()
        for words in [
            ["link", "add", interface, "type", "veth", "peer", "name", "\(interface)p"],
            ["link", "add", other, "type", "veth", "peer", "name", "\(other)p"],
            // The kernel would assign link-local addresses at a time of its own.
            ["link", "set", other, "addrgenmode", "none"], ["link", "set", "\(other)p", "addrgenmode", "none"],
            ["address", "add", "\(subnet).1/24", "dev", other], ["link", "set", other, "up"],
            ["link", "set", "\(other)p", "up"],
            ["route", "add", "198.19.\(100 + place).0/24", "via", "\(subnet).2"],
            ["rule", "add", "priority", "30001", "to", "198.19.\(100 + place).0/24", "lookup", "77"],
        ] {
            try await Subprocess("ip", words, timeLimit: .seconds(10)).run().checked()
        }
        try await filter("-A").run().checked()
    }

    func remove() async {
        for words in [
            ["link", "delete", interface], ["link", "delete", other], ["rule", "delete", "priority", "30001"],
        ] {
            _ = try? await Subprocess("ip", words, timeLimit: .seconds(10)).run()
        }
        _ = try? await filter("-D").run()
    }

    private func filter(_ action: String) -> Subprocess {
        Subprocess(
            "iptables", ["--wait", action, "FORWARD", "-s", "\(subnet).0/24", "-j", "ACCEPT"], timeLimit: .seconds(10))
    }
}
