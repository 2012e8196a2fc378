/// A kind of names that only the program can list for shells: `minke complete members`.
public enum CompletionSource: String, Sendable, CaseIterable {
    /// Environment files: YAML files of a folder.
    case environments
    /// The environment's members.
    case members
    /// The environment's services.
    case services
    /// The environment's services and members.
    case targets
    /// The catalogue's recipes.
    case recipes
    /// The catalogue's releases.
    case releases
    /// The groups that the catalogue's images belong to.
    case groups

    /// The kind in words, in the singular and with its article.
    package var article: String {
        switch self {
        case .environments: "an environment's file"
        case .members: "a member"
        case .services: "a service"
        case .targets: "a service or a member"
        case .recipes: "a recipe"
        case .releases: "a release"
        case .groups: "a group of images"
        }
    }
}

/// A word that a shell may complete to.
public struct CompletionCandidate: Sendable, Hashable {
    /// The word.
    public var word: String
    /// The text that shells show beside the word, if they can.
    public var summary: String

    /// Creates a candidate.
    public init(_ word: String, _ summary: String = "") {
        self.word = word
        self.summary = summary
    }
}
