import Model
import Templates

/// A file that Minke renders into `/etc/minke` of a container.
public struct FileRecipe: Sendable {
    public enum Content: Sendable {
        case ini([INISectionRecipe])
        case template(Template)
        /// A certificate for these names (DNS names and addresses), signed by the environment's authority.
        case certificate(names: [Template])
        /// The authority's own certificate.
        case authority
    }

    /// The path below `/etc/minke`.
    public var path: String
    public var content: Content
    public var onChange: ChangeCost = .restart
    /// The POSIX permissions.
    public var mode = 0o600
    /// Whether the program that reads the file takes `$NAME` in an INI value for the value of another key.
    public var hasReferences = false
    /// A condition: containers have no such file where it is false or empty.
    public var condition: Template?
    /// The jobs whose containers get the file; nil where members and all jobs get it.
    public var jobs: [String]?
    /// The name of the list of options that the file's keys are checked against.
    public var options: String?

    public init(path: String, content: Content) {
        self.path = path
        self.content = content
    }

    /// The sections of an INI file as data; empty for any other file.
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
    /// The key's value, or several for a key that is repeated.
    public var values: [Template]
    /// A condition: the key is left out where it is false or empty.
    public var condition: Template?
    /// The cost of a change of the key; nil where it is the file's.
    public var onChange: ChangeCost?
    public var place: Place?

    public init(name: String, values: [Template]) {
        self.name = name
        self.values = values
    }
}
