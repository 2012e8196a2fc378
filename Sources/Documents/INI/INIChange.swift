/// A difference between two INI documents in one key.
public struct INIChange: Sendable, Hashable, CustomStringConvertible {
    /// The name of the key's section.
    public let section: String
    /// The name of the key.
    public let key: String
    /// The old values; empty where the key is new.
    public let old: [String]
    /// The new values; empty where the key is gone.
    public let new: [String]

    /// Creates a change from the old to the new values of a key.
    public init(section: String, key: String, old: [String], new: [String]) {
        self.section = section
        self.key = key
        self.old = old
        self.new = new
    }

    /// The change as a line: `+` for a new key, `-` for a removed one, `~` for a changed one.
    public var description: String {
        let name = "[\(section)] \(key)"
        let before = old.joined(separator: ", ")
        let after = new.joined(separator: ", ")
        if old.isEmpty { return "+ \(name) = \(after)" }
        if new.isEmpty { return "- \(name) = \(before)" }
        return "~ \(name) = \(before) -> \(after)"
    }
}

extension INIDocument {
    /// The changes that turn `old` into this document: changed and removed keys in the old order, then the new ones.
    public func changes(from old: INIDocument) -> [INIChange] {
        var changes: [INIChange] = []
        for section in old.sections {
            for key in section.keys where self[section.name, key.name] != key.values {
                changes.append(
                    INIChange(
                        section: section.name, key: key.name, old: key.values, new: self[section.name, key.name]))
            }
        }
        for section in sections {
            for key in section.keys where old[section.name, key.name].isEmpty {
                changes.append(INIChange(section: section.name, key: key.name, old: [], new: key.values))
            }
        }
        return changes
    }
}
