import Model
import Templates

/// A file that Minke renders into `/etc/minke` of a container.
public struct FileRecipe: Sendable {
    /// The source of a file's content.
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
    /// The source of the content.
    public var content: Content
    /// The cost of a change of the file for a running member.
    public var onChange: ChangeCost = .restart
    /// The POSIX permissions.
    public var mode = 0o600
    /// Whether the program that reads the file replaces `$NAME` in a value by the value of another key, as oslo.config
    /// does.
    public var hasReferences = false
    /// A condition: the file is left out where it renders to false or an empty text.
    public var condition: Template?
    /// The jobs and sidecars whose containers get the file; nil where members, their sidecars and all jobs get it.
    public var receivers: [String]?
    /// The name of the list of options that the file's keys are checked against.
    public var options: String?

    /// Creates a file with defaults for everything but its content.
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
