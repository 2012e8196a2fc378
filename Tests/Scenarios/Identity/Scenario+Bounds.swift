import DockerEngine
import Model
import Testing

extension Scenario {
    /// The services whose memory is not limited, since instances run in their containers.
    private static let unbounded: Set<String> = ["compute", "libvirt"]

    /// Requires that only the front has ports on the host, that every container's log is bounded, and every member's
    /// memory except where instances run.
    func requireBounds() async throws {
        for container in try await containers() {
            let details = try await engine.inspectContainer(container.id)
            let isFront = container.labels[Labels.service] == "haproxy"
            try #require(details.ports.values.contains { !$0.isEmpty } == isFront, "\(container.name)")
            let host = details.raw["HostConfig"]
            let log = host?["LogConfig"]?["Config"]
            try #require(log?["max-size"]?.string?.isEmpty == false, "\(container.name)")
            try #require(log?["max-file"]?.string?.isEmpty == false, "\(container.name)")
            let isBounded =
                container.labels[Labels.member] != nil
                && !Self.unbounded.contains(container.labels[Labels.service] ?? "")
            try #require(!isBounded || host?["Memory"]?.int ?? 0 > 0, "\(container.name)")
        }
    }

    /// Requires that `top` shows figures for every running member, and returns their memory together, in bytes.
    func requireUsage() async throws -> Int {
        let usage = try #require(try await minke("top", "--once", "--json").json().list)
        let rows = usage.reduce(into: [:]) { rows, row in rows[row["member"]?.string ?? ""] = row }
        var all = 0
        for member in try await members().keys {
            let memory = rows[member]?["memory"]?.int ?? 0
            try #require(memory > 0, "\(member): \(usage)")
            all += memory
        }
        try #require(usage.contains { $0["processor"] != 0 }, "\(usage)")
        return all
    }
}
