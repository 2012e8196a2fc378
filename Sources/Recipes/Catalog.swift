import Model

/// All recipes and releases of a catalogue folder, checked against each other.
public struct Catalog: Sendable {
    /// The path of the catalogue's folder.
    public var folder: String
    /// The recipes by name.
    public var recipes: [String: Recipe]
    /// The releases by name.
    public var releases: [String: Release]
    /// The services that no longer exist, each with the reason for messages.
    public var retired: [String: String]
    /// The lists of the options that programs know, by release.
    public var options: OptionLists

    init(
        folder: String, recipes: [String: Recipe], releases: [String: Release], retired: [String: String],
        options: OptionLists
    ) {
        self.folder = folder
        self.recipes = recipes
        self.releases = releases
        self.retired = retired
        self.options = options
    }

    /// Whether a text can be the name of a recipe.
    public static func isRecipeName(_ text: String) -> Bool { Names.isLabel(text) }

    /// The release that environments use when they name none.
    public var defaultRelease: Release? {
        releases.values.filter(\.isDefault).min { $0.name < $1.name }
    }
}
