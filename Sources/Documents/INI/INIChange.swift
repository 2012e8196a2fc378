/// The difference in one key of two INI documents.
public struct INIChange: Sendable, Hashable, CustomStringConvertible {
    public let section: String
    public let key: String
    /// The old values; empty where the key is new.
    public let old: [String]
    /// The new values; empty where the key is gone.
    public let new: [String]

    public init(section: String, key: String, old: [String], new: [String]) {
        self.section = section
        self.key = key
        self.old = old
        self.new = new
    }

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
