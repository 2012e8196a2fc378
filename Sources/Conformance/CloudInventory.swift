import Model
import OpenStack

/// Everything that a cloud has of the kinds that tests make.
public struct CloudInventory: Sendable, Hashable {
    /// One object.
    public struct Object: Sendable, Hashable {
        let kind: ObjectKind
        public let id: String
        public let name: String
        /// The project that it belongs to; nil for kinds without one.
        let project: String?
        /// The domain that it belongs to; nil for kinds without one.
        let domain: String?
        /// Its description, which has the test's mark where the name has a fixed form.
        let description: String

        /// The object in words: its kind, its name, and where it differs its identifier.
        public var words: String {
            name == id || name.isEmpty ? "\(kind.words) \(id)" : "\(kind.words) \(name) (\(id))"
        }

        public var value: Value { ["kind": .string(kind.words), "id": .string(id), "name": .string(name)] }
    }

    public private(set) var objects: [Object]

    public init(objects: [Object]) { self.objects = objects }

    /// Identifiers by kind, for comparing with a later inventory.
    public var value: Value {
        var map = ValueMap()
        for object in objects {
            map[object.kind.words] = .list((map[object.kind.words]?.list ?? []) + [.string(object.id)])
        }
        return .map(map)
    }

    /// The objects that the earlier inventory has not, which is given by its value.
    public func added(since earlier: Value) -> [Object] {
        let known = earlier.map?.mapValuesOfLists ?? [:]
        return objects.filter { known[$0.kind.words]?.contains($0.id) != true }
    }

    /// Of the objects that were added, those that tests made: by their name or their project's, or since the project is
    /// gone. Others can be somebody else's, who uses the cloud meanwhile.
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

    /// The beginning of the names of all that a run makes.
    public static let prefix = "minke-verify"

    /// Tests that are older than the setting of the prefix begin names with the suite's own.
    static func isOfTests(_ name: String) -> Bool { name.hasPrefix("\(prefix)-") || name.hasPrefix("tempest-") }
}

extension ValueMap {
    fileprivate var mapValuesOfLists: [String: Set<String>] {
        var sets: [String: Set<String>] = [:]
        for (key, value) in self { sets[key] = Set(value.list?.compactMap(\.string) ?? []) }
        return sets
    }
}
