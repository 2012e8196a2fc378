import Model
import Templates

/// A file that Minke renders into `/etc/minke` of a container.
public struct FileRecipe: Sendable {
    public enum Content: Sendable {
        case ini([INISectionRecipe])
        case template(Template)
        /// Names (DNS names and addresses) of a certificate signed by the environment's authority.
        case certificate(names: [Template])
        /// The authority's own certificate.
        case authority
    }

    /// Below `/etc/minke`.
    public var path: String
    public var content: Content
    public var onChange: ChangeCost = .restart
    /// POSIX permissions.
    public var mode = 0o600
    /// Whether its program takes `$NAME` in an INI value for the value of another key.
    public var hasReferences = false
    /// The jobs whose containers get it; nil means members and all jobs.
    public var jobs: [String]?
    /// The list of options that its keys are checked against.
    public var options: String?

    public init(path: String, content: Content) {
        self.path = path
        self.content = content
    }

    /// The sections of an INI file as data; empty where it is another file.
    public var sections: [INISectionRecipe] {
        if case .ini(let sections) = content { return sections }
        return []
    }
}

/// A section of an INI file, as data.
public struct INISectionRecipe: Sendable {
    public var name: String
    public var keys: [INIKeyRecipe]

    public init(name: String, keys: [INIKeyRecipe]) {
        self.name = name
        self.keys = keys
    }
}

/// A key of an INI file, as data.
public struct INIKeyRecipe: Sendable {
    public var name: String
    /// One, or several for a key that is repeated.
    public var values: [Template]
    /// The key is left out where this is false or empty.
    public var condition: Template?
    /// nil means the file's.
    public var onChange: ChangeCost?
    public var place: Place?

    public init(name: String, values: [Template]) {
        self.name = name
        self.values = values
    }
}
