/// A file as it lies in a container below `/etc/minke`.
public struct RenderedFile: Sendable, Hashable {
    /// A key of an INI file, kept apart so that a change can be named and its cost known.
    public struct Entry: Sendable, Hashable {
        public var section: String
        public var key: String
        public var value: String
        public var isSecret: Bool
        public var cost: ChangeCost

        public init(section: String, key: String, value: String, isSecret: Bool, cost: ChangeCost) {
            self.section = section
            self.key = key
            self.value = value
            self.isSecret = isSecret
            self.cost = cost
        }
    }

    public var path: String
    public var text: String
    public var mode: Int
    /// The numeric id of both owner and group.
    public var owner: Int
    public var cost: ChangeCost
    /// The entries of an INI file; empty for any other file.
    public var entries: [Entry]

    public init(path: String, text: String, mode: Int, owner: Int, cost: ChangeCost, entries: [Entry] = []) {
        self.path = path
        self.text = text
        self.mode = mode
        self.owner = owner
        self.cost = cost
        self.entries = entries
    }
}

/// A rendered file's path and the hash of its content, owner and mode.
public struct FileDigest: Sendable, Hashable {
    public var path: String
    public var digest: String

    public init(path: String, digest: String) {
        self.path = path
        self.digest = digest
    }
}

/// The least disturbing means by which a running member takes a change, up to a new container.
public enum ChangeCost: String, Sendable, CaseIterable, Comparable {
    case reload, restart, replace

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (left: ChangeCost, right: ChangeCost) -> Bool { left.rank < right.rank }
}

/// The way in which a running container takes changed files.
public enum ReloadMethod: Sendable, Hashable {
    case signal(String)
    case exec([String])
}

/// Whether the new container of a member starts before the old one stops, or after.
public enum Replacement: String, Sendable, CaseIterable {
    case startFirst = "start-first"
    case stopFirst = "stop-first"
}
