import Model

/// An INI file as oslo.config reads it: sections of keys, in order, in which a key can be repeated.
public struct INIDocument: Sendable, Hashable {
    /// A section with its keys in order.
    public struct Section: Sendable, Hashable {
        /// The name without brackets.
        public let name: String
        /// The keys in the order in which they were first set.
        public internal(set) var keys: [Key] = []

        /// Creates an empty section.
        public init(name: String) { self.name = name }
    }

    /// A key with its value, or with several values where it is repeated.
    public struct Key: Sendable, Hashable {
        /// The name before the `=`.
        public let name: String
        /// The values in order; more than one where the key is repeated.
        public internal(set) var values: [String]

        /// Creates a key with its values.
        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// The sections, in the order in which they were first named.
    public private(set) var sections: [Section] = []

    /// Creates an empty document.
    public init() {}

    /// The values of a key; empty where the key does not exist.
    public subscript(section: String, key: String) -> [String] {
        get {
            sections.first { $0.name == section }?.keys.first { $0.name == key }?.values ?? []
        }
        set {
            set(section, key, to: newValue)
        }
    }

    /// Replaces all values of a key. Without values the key is removed, and its section with the last key.
    public mutating func set(_ section: String, _ key: String, to values: [String]) {
        guard !values.isEmpty else { return remove(section, key) }
        let index = self.index(of: section)
        if let position = sections[index].keys.firstIndex(where: { $0.name == key }) {
            sections[index].keys[position].values = values
        } else {
            sections[index].keys.append(Key(name: key, values: values))
        }
    }

    /// Adds one more value to a key.
    public mutating func append(_ section: String, _ key: String, _ value: String) {
        set(section, key, to: self[section, key] + [value])
    }

    /// Adds a section, which stays empty until a key is set.
    public mutating func add(section: String) { _ = index(of: section) }

    /// Removes a key, and its section with the last key.
    public mutating func remove(_ section: String, _ key: String) {
        guard let index = sections.firstIndex(where: { $0.name == section }) else { return }
        sections[index].keys.removeAll { $0.name == key }
        if sections[index].keys.isEmpty { sections.remove(at: index) }
    }

    /// The document with the keys of `other` replacing its own; all values of a key are replaced together.
    public func merging(_ other: INIDocument) -> INIDocument {
        var merged = self
        for section in other.sections {
            merged.add(section: section.name)
            for key in section.keys { merged.set(section.name, key.name, to: key.values) }
        }
        return merged
    }

    private mutating func index(of section: String) -> Int {
        if let index = sections.firstIndex(where: { $0.name == section }) { return index }
        sections.append(Section(name: section))
        return sections.count - 1
    }
}
