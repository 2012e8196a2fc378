/// A file as it lies in a container below `/etc/minke`.
public struct RenderedFile: Sendable, Hashable {
    /// A key of an INI file, kept apart so that a change can be named and its cost known.
    public struct Entry: Sendable, Hashable {
        /// The section's name.
        public var section: String
        /// The key's name, which may stand in its section several times.
        public var key: String
        /// The value; of a secret, the secret itself.
        public var value: String
        /// Whether the value contains a secret, so that plans and manifests do not show it.
        public var isSecret: Bool
        /// The means by which a running member takes another value.
        public var cost: ChangeCost

        /// Creates an entry.
        public init(section: String, key: String, value: String, isSecret: Bool, cost: ChangeCost) {
            self.section = section
            self.key = key
            self.value = value
            self.isSecret = isSecret
            self.cost = cost
        }
    }

    /// The path below `/etc/minke`.
    public var path: String
    /// The whole content.
    public var text: String
    /// The POSIX permissions.
    public var mode: Int
    /// The numeric id of both owner and group.
    public var owner: Int
    /// The means by which a running member takes a change, where no entry tells its own.
    public var cost: ChangeCost
    /// The entries of an INI file; empty for any other file.
    public var entries: [Entry]

    /// Creates a file; without entries, a change of it is named by its path alone.
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
    /// The path below `/etc/minke`.
    public var path: String
    /// The SHA-256 of mode, owner and text, in hexadecimal digits.
    public var digest: String

    /// Creates a digest.
    public init(path: String, digest: String) {
        self.path = path
        self.digest = digest
    }
}

/// The least disturbing means by which a running member takes a change, up to a new container.
public enum ChangeCost: String, Sendable, CaseIterable, Comparable {
    case reload, restart, replace

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    /// Compares costs: reloading disturbs less than restarting, and that less than a new container.
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
