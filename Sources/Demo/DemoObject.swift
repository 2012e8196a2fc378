import Clouds
import Model

/// An object that the demo made in a cloud.
package struct DemoObject: Sendable, Hashable {
    /// Kinds in the order in which the demo makes them; it removes them in the reverse order.
    package enum Kind: String, Sendable, CaseIterable, Comparable {
        case image
        case flavor
        case keyPair = "key-pair"
        case securityGroup = "security-group"
        case network
        case subnet
        case router
        case port
        case instance
        case floatingIP = "floating-ip"

        package static func < (left: Kind, right: Kind) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }

        /// The kind in words.
        package var words: String {
            switch self {
            case .keyPair: "key pair"
            case .securityGroup: "security group"
            case .floatingIP: "floating IP"
            default: rawValue
            }
        }
    }

    package let kind: Kind
    package let id: String
    package let name: String

    package var value: Value {
        ["kind": .string(kind.rawValue), "id": .string(id), "name": .string(name)]
    }

    package var words: String { name == id ? "\(kind.words) \(name)" : "\(kind.words) \(name) (\(id))" }
}

/// The demo's record of the objects that it made.
protocol DemoMemory: Sendable {
    func rememberedObjects() async throws -> [DemoObject]
    func remember(_ object: DemoObject) async throws
    func forget(_ object: DemoObject) async throws
    /// The keys for ssh that an instance showed on its console, as `TYPE BASE64`; nil where it was never seen ready.
    func rememberedKeys(ofInstance id: String) async throws -> [String]?
    func remember(keys: [String], ofInstance id: String) async throws
}

/// The demo's record in the environment's part of the store.
extension EnvironmentState: DemoMemory {
    func rememberedObjects() async throws -> [DemoObject] {
        try await entries(below: StateKeys.demoObjects).compactMap { key, value in
            let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let kind = DemoObject.Kind(rawValue: parts[0]) else { return nil }
            return DemoObject(kind: kind, id: parts[1], name: value["name"]?.string ?? parts[1])
        }
    }

    func remember(_ object: DemoObject) async throws {
        try await put(StateKeys.demoObject(kind: object.kind.rawValue, id: object.id), ["name": object.name])
    }

    func forget(_ object: DemoObject) async throws {
        var changes = [deleting(StateKeys.demoObject(kind: object.kind.rawValue, id: object.id))]
        if object.kind == .instance { changes.append(deleting(StateKeys.demoKeys[object.id])) }
        try await commit(changes)
    }

    func rememberedKeys(ofInstance id: String) async throws -> [String]? { try await get(StateKeys.demoKeys[id]) }

    func remember(keys: [String], ofInstance id: String) async throws { try await put(StateKeys.demoKeys[id], keys) }
}

/// The reason why the demo cannot go on, with a remedy.
struct DemoFailure: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ message: String, remedy: String? = nil) {
        description = message + (remedy.map { "; \($0)" } ?? "")
    }
}
