import DockerEngine
import Model
import System
import Testing

/// The complete state of an environment, without the parts that differ from run to run: ids, times, and the slot of
/// each container, of the two that a member has.
struct EndState: Hashable {
    /// The compared parts as texts, by their names.
    private(set) var parts: [String: String] = [:]

    init(of scenario: Scenario) async throws {
        var ids: [String: String] = [:]
        for container in try await scenario.containers() {
            let details = try await scenario.engine.inspectContainer(container.id)
            let name = withoutSlot(details.name)
            ids[details.id] = name
            parts["container \(name)"] = Self.specification(of: details)
            parts["state of \(name)"] = details.state.state.rawValue
            let service = container.labels[Labels.service]
            if ["shop", "vault"].contains(service) {
                let script =
                    "cd /etc/minke && find . -path ./.staged -prune -o -type f -print | sort | while read -r f; do stat -c '%n %a %u %g' $f; cat $f; done"
                let exec = ExecConfiguration(["sh", "-c", script + "; echo; cat /run/web/taken"], user: "0")
                parts["files of \(name)"] = try await scenario.engine.exec(in: details.id, exec).outputText
            }
        }
        for volume in try await scenario.engine.volumes()
        where volume.labels[Labels.environment] == scenario.name || volume.name.hasPrefix(scenario.name) {
            let labels = volume.labels.filter { ![Labels.volume, Labels.owner, Labels.ownerFolder].contains($0.key) }
            parts["volume \(withoutSlot(volume.name))"] = "\(labels.sorted { $0.key < $1.key })"
        }
        parts["ledger"] = try await scenario.ledger()
        try await addRecords(of: scenario, containers: ids)
    }

    /// The differences from another state, in words.
    func differences(from other: EndState) -> String {
        Set(parts.keys).union(other.parts.keys).sorted().filter { parts[$0] != other.parts[$0] }
            .map { "\($0)\n  is     \(parts[$0] ?? "absent")\n  wanted \(other.parts[$0] ?? "absent")" }
            .joined(separator: "\n")
    }

    /// The configuration that a container was created with.
    static func specification(of details: ContainerDetails) -> String {
        var configuration = details.raw["Config"]?.map ?? ValueMap()
        var labels = configuration["Labels"]?.map ?? ValueMap()
        labels[Labels.slot] = nil
        configuration["Labels"] = .map(labels)
        var host = details.raw["HostConfig"]?.map ?? ValueMap()
        host["ContainerIDFile"] = nil
        let mounts = details.mounts.map { "\(withoutSlot($0.name ?? "")) \($0.destination) \($0.isWritable)" }.sorted()
        host["Mounts"] = .list(mounts.map(Value.string))
        let networks = details.networks.keys.sorted().joined(separator: " ")
        return "\(JSON.text(.map(configuration))) \(JSON.text(.map(host))) \(networks) \(details.imageID)"
    }

    /// Adds the records of the program's state. Containers are named instead of their ids, so that a record of a
    /// container that is gone shows.
    private mutating func addRecords(of scenario: Scenario, containers: [String: String]) async throws {
        let prefix = "environments/\(scenario.name)/"
        for entry in try await scenario.store().range(prefix: prefix) {
            let path = entry.key.dropFirst(prefix.count).split(separator: "/", maxSplits: 1).map(String.init)
            let value = try JSON.parse(entry.value)
            switch path[0] {
            case "containers": parts["manifest of \(containers[path[1]] ?? path[1])"] = JSON.text(value)
            case "done":
                let inputs = value["inputs"]?.string ?? ""
                parts["record \(path[1])"] = containers[inputs] ?? inputs
            case "registered":
                // The ids of objects in Keystone differ.
                let words = path[1].split(separator: "/").map(String.init)
                parts["registered \(words.dropLast().joined(separator: "/")) \(JSON.text(value))"] = "there"
            case "volumes":
                parts["data \(path[1])"] = JSON.text(value)
            case "kept": parts["policy of \(containers[path[1]] ?? path[1])"] = JSON.text(value)
            // Every state folder has an id of its own.
            case "owner": parts["owner"] = "there"
            // The certificate authority is made again with a new state.
            case "secrets" where path[1].hasPrefix("tls/"): parts[path[1]] = "there"
            default: parts[path.joined(separator: "/")] = JSON.text(value)
            }
        }
    }
}

/// The name of a member's container or volume without its slot.
func withoutSlot(_ name: String) -> String { name.replacing(".b", with: "") }
