import Model
import OpenStack

/// The objects of a cloud, of all kinds that tests create.
public struct CloudInventory: Sendable, Hashable {
    /// One object.
    public struct Object: Sendable, Hashable {
        let kind: ObjectKind
        /// The identifier.
        public let id: String
        /// The name; for some kinds another field that people know the object by.
        public let name: String
        /// The identifier of the object's project; nil for kinds without one.
        let project: String?
        /// The identifier of the object's domain; nil for kinds without one.
        let domain: String?
        /// The description, which has the tests' prefix if the name has a fixed form.
        let description: String

        /// The object in words: its kind, its name and, if that differs, its identifier.
        public var words: String {
            name == id || name.isEmpty ? "\(kind.words) \(id)" : "\(kind.words) \(name) (\(id))"
        }

        /// The object as JSON.
        public var value: Value { ["kind": .string(kind.words), "id": .string(id), "name": .string(name)] }
    }

    /// The objects, in the order in which they can be removed.
    public private(set) var objects: [Object]

    /// Creates an inventory of the objects.
    public init(objects: [Object]) { self.objects = objects }

    /// The identifiers by kind as JSON, for the comparison with a later inventory.
    public var value: Value {
        var map = ValueMap()
        for object in objects {
            map[object.kind.words] = .list((map[object.kind.words]?.list ?? []) + [.string(object.id)])
        }
        return .map(map)
    }

    /// The objects that are not in an earlier inventory, given by its `value`.
    public func added(since earlier: Value) -> [Object] {
        let known = earlier.map?.mapValuesOfLists ?? [:]
        return objects.filter { known[$0.kind.words]?.contains($0.id) != true }
    }

    /// The added objects that tests created: those whose own name or description, or whose project or domain, has the
    /// tests' prefix, and those whose project or domain is gone. Others may belong to somebody who uses the cloud
    /// meanwhile.
    public func leftovers(since earlier: Value) -> [Object] {
        let projects = Dictionary(
            objects.filter { $0.kind.words == "project" || $0.kind.words == "domain" }.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        return added(since: earlier).filter { object in
            if Self.isOfTests(object.name) || Self.isOfTests(object.description) { return true }
            for owner in [object.project, object.domain].compactMap({ $0 }) where !owner.isEmpty {
                guard let name = projects[owner] else { return true }
                if Self.isOfTests(name) { return true }
            }
            return false
        }
    }

    /// The prefix of the names of all objects that a run creates.
    public static let prefix = "minke-verify"

    /// Whether a name is that of a test's object. Tests older than the setting of the prefix use Tempest's own.
    static func isOfTests(_ name: String) -> Bool { name.hasPrefix("\(prefix)-") || name.hasPrefix("tempest-") }
}

extension ValueMap {
    fileprivate var mapValuesOfLists: [String: Set<String>] {
        var sets: [String: Set<String>] = [:]
        for (key, value) in self { sets[key] = Set(value.list?.compactMap(\.string) ?? []) }
        return sets
    }
}
