import Model
import Templates

/// A section of an INI file, as data.
public struct INISectionRecipe: Sendable {
    /// The name without brackets, as it is written in recipe.yaml.
    public var name: String
    /// The template that the name is; nil for a name that means itself.
    public var nameTemplate: Template?
    /// The place of the name in recipe.yaml.
    public var place: Place?
    /// The keys in order.
    public var keys: [INIKeyRecipe]

    /// Creates a section whose name means itself.
    public init(name: String, keys: [INIKeyRecipe]) {
        self.name = name
        self.keys = keys
    }

    /// Whether a rendered file can have the section under this name.
    public func canBe(named name: String) -> Bool { TemplateText.canRender(self.name, nameTemplate, to: name) }
}

/// A key of an INI file, as data.
public struct INIKeyRecipe: Sendable {
    /// The name before the `=`, as it is written in recipe.yaml.
    public var name: String
    /// The template that the name is; nil for a name that means itself.
    public var nameTemplate: Template?
    /// The key's value, or several for a key that is repeated.
    public var values: [INIValueRecipe]
    /// A condition: the key is left out where it renders to false or an empty text.
    public var condition: Template?
    /// The cost of a change of the key; nil for the file's.
    public var onChange: ChangeCost?
    /// The place of the key in recipe.yaml.
    public var place: Place?

    /// Creates a key that is always written, with all its values.
    public init(name: String, values: [Template]) {
        self.name = name
        self.values = values.map(INIValueRecipe.init)
    }

    /// Whether a rendered file can have the key under this name.
    public func canBe(named name: String) -> Bool { TemplateText.canRender(self.name, nameTemplate, to: name) }

    /// All templates of the key: of its name, its condition, its values and their conditions.
    public var templates: [Template] {
        values.flatMap { [$0.template, $0.condition] }.compactMap { $0 } + [condition, nameTemplate].compactMap { $0 }
    }
}

/// A value of a key of an INI file, as data.
public struct INIValueRecipe: Sendable {
    /// The template of the text.
    public let template: Template
    /// Whether the template reads a secret.
    public let readsSecret: Bool
    /// A condition: the value is left out where it renders to false or an empty text.
    public var condition: Template?

    /// Creates a value that is always written.
    public init(_ template: Template) {
        self.template = template
        readsSecret = template.readsSecret
    }
}

extension Template {
    /// Whether the template reads a secret.
    var readsSecret: Bool { references.contains { $0.first == TemplateScope.Root.secrets.name } }
}
