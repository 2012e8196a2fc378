import Model
import OpenStack

/// All objects of a cloud of the kinds that tests make.
public struct CloudInventory: Sendable, Hashable {
    /// One object.
    public struct Object: Sendable, Hashable {
        let kind: ObjectKind
        public let id: String
        public let name: String
        /// The project of the object; nil for kinds without one.
        let project: String?
        /// The domain of the object; nil for kinds without one.
        let domain: String?
        /// The description, which has the test's mark where the name has a fixed form.
        let description: String

        /// The object in words: its kind, its name and, where that differs, its identifier.
        public var words: String {
            name == id || name.isEmpty ? "\(kind.words) \(id)" : "\(kind.words) \(name) (\(id))"
        }

        public var value: Value { ["kind": .string(kind.words), "id": .string(id), "name": .string(name)] }
    }

    public private(set) var objects: [Object]

    public init(objects: [Object]) { self.objects = objects }

    /// The identifiers by kind, for comparison with a later inventory.
    public var value: Value {
        var map = ValueMap()
        for object in objects {
            map[object.kind.words] = .list((map[object.kind.words]?.list ?? []) + [.string(object.id)])
        }
        return .map(map)
    }

    /// The objects that an earlier inventory, given by its value, lacks.
    public func added(since earlier: Value) -> [Object] {
        let known = earlier.map?.mapValuesOfLists ?? [:]
        return objects.filter { known[$0.kind.words]?.contains($0.id) != true }
    }

    /// The added objects that tests made: those whose own or project's name says so, and those whose project is gone.
    /// The others may belong to somebody who uses the cloud meanwhile.
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

    /// The beginning of the names of all objects that a run makes.
    public static let prefix = "minke-verify"

    /// Whether a name is that of a test's object; tests that are older than the setting of the prefix use the suite's
    /// own.
    static func isOfTests(_ name: String) -> Bool { name.hasPrefix("\(prefix)-") || name.hasPrefix("tempest-") }
}

extension ValueMap {
    fileprivate var mapValuesOfLists: [String: Set<String>] {
        var sets: [String: Set<String>] = [:]
        for (key, value) in self { sets[key] = Set(value.list?.compactMap(\.string) ?? []) }
        return sets
    }
}
