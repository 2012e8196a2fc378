import Model
import System
import Testing

/// The network of this host, or rather of the namespace of the tests' engine, as comparable lines: interfaces with
/// their addresses, routes, rules, network namespaces, packet filters.
struct HostNetwork: Equatable, Sendable {
    let lines: [String]

    /// The engine's own bridge, which it creates again when it is restarted.
    static let engineBridge = "docker0"

    /// Reads the present state, without the lines that name `interface`.
    static func read(without interface: String? = nil) async throws -> HostNetwork {
        var lines: [String] = []
        for interface in try await list("ip", "-j", "address") {
            let name = interface["ifname"]?.string ?? ""
            // The carrier changes by itself, as do the lifetimes of addresses.
            let isUp = interface["flags"]?.list?.contains("UP") ?? false
            let addresses = (interface["addr_info"]?.list ?? []).map {
                "\($0["local"]?.string ?? "")/\($0["prefixlen"]?.int ?? 0)"
            }
            lines.append(
                "interface \(name) \(interface["link_type"]?.string ?? "") mtu \(interface["mtu"]?.int ?? 0) "
                    + "\(isUp ? "up" : "down") master \(interface["master"]?.string ?? "none") "
                    + addresses.sorted().joined(separator: " "))
        }
        for family in ["-4", "-6"] {
            for route in try await list("ip", "-j", family, "route", "show", "table", "all") {
                var map = route.map ?? ValueMap()
                map["flags"] = nil
                lines.append("route \(family) \(JSON.text(.map(map)))")
            }
            for rule in try await list("ip", "-j", family, "rule") { lines.append("rule \(family) \(JSON.text(rule))") }
        }
        for name in try await text("ip", "netns", "list").split(separator: "\n") { lines.append("namespace \(name)") }
        for command in ["iptables-save", "ip6tables-save"] {
            var table = ""
            for line in try await text(command).split(separator: "\n") where !line.hasPrefix("#") {
                if line.hasPrefix("*") { table = String(line) }
                // A chain's counters follow its policy.
                let words = line.hasPrefix(":") ? line.prefix { $0 != "[" } : line
                lines.append("\(command) \(table) \(words)")
            }
        }
        return HostNetwork(lines: lines.filter { line in interface.map { !line.contains($0) } ?? true }.sorted())
    }

    /// Requires that everything is as it was before.
    static func require(
        _ before: HostNetwork, in scenario: Scenario, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await reach(
            in: scenario, sourceLocation, { $0 == before }, difference: { $0.difference(from: before) })
    }

    /// Requires that there is nothing that was not there before the first scenario. The scenario runs alone.
    static func requireNothingNew(
        in scenario: Scenario, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        // Containers of tests that are no scenarios may have had interfaces then.
        let before = Set(try await Scenario.networkAtFirst.value.lines).filter { !$0.contains("veth") }
        func new(_ now: HostNetwork) -> [String] { now.lines.filter { !before.contains($0) } }
        try await reach(
            without: engineBridge, in: scenario, sourceLocation, { new($0).isEmpty },
            difference: { new($0).joined(separator: "\n") })
    }

    /// Waits until the host's network is as it has to be, and requires that there is no difference where it does not
    /// become so.
    private static func reach(
        without interface: String? = nil, in scenario: Scenario, _ sourceLocation: SourceLocation,
        _ isReached: (HostNetwork) -> Bool, difference: (HostNetwork) -> String
    ) async throws {
        let last = Locked<HostNetwork?>(nil)
        do {
            // The kernel removes bridges a moment after the engine has reported it.
            try await scenario.eventually("the host's network is as it was", within: .seconds(10)) {
                let now = try await read(without: interface)
                last.withLock { $0 = now }
                return isReached(now)
            }
        } catch {
            let found = last.value.map(difference) ?? ""
            try #require(found.isEmpty, sourceLocation: sourceLocation)
            throw error
        }
    }

    /// The lines that only one of the two has, for a message.
    func difference(from other: HostNetwork) -> String {
        let gone = other.lines.filter { !lines.contains($0) }.map { "- \($0)" }
        let new = lines.filter { !other.lines.contains($0) }.map { "+ \($0)" }
        return (gone + new).joined(separator: "\n")
    }

    private static func text(_ program: String, _ words: String...) async throws -> String {
        try await Subprocess(program, words, timeLimit: .seconds(10)).run().checked().outputText
    }

    private static func list(_ program: String, _ words: String...) async throws -> [Value] {
        let output = try await Subprocess(program, words, timeLimit: .seconds(10)).run().checked().outputText
        return output.isEmpty ? [] : try JSON.parse(output).list ?? []
    }
}
