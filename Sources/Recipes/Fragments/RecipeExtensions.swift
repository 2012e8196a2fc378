import Documents
import Model

/// The keys that recipes add to others (`extends:`) where an environment has both.
///
/// They take precedence over the extended recipe's own: mappings are merged, and any other value replaces its own.
final class RecipeExtensions {
    private struct Extension {
        let recipe: String
        let node: YAMLNode
    }

    private let problems: ProblemList
    private var extensions: [String: [Extension]] = [:]

    init(problems: ProblemList) { self.problems = problems }

    var isEmpty: Bool { extensions.isEmpty }

    /// Collects the keys that a recipe adds to others.
    ///
    /// - Parameter recipes: the names of all recipes.
    func add(_ node: YAMLNode, of recipe: String, recipes: [String]) {
        guard let extends = node.entry("extends") else { return }
        guard let entries = extends.value.entries else {
            problems.add(
                at: extends.value.place,
                "extends is \(extends.value.value.kind), expected a mapping of recipes to keys")
            return
        }
        for entry in entries {
            guard recipes.contains(entry.key), entry.key != recipe else {
                problems.add(
                    at: entry.keyPlace, "there is no other recipe \(entry.key)",
                    remedy: Remedy.meant(by: entry.key, among: recipes))
                continue
            }
            for key in entry.value.entries ?? [] where key.key != "service" {
                problems.add(
                    at: key.keyPlace, "extends.\(entry.key) has \"\(key.key)\", expected `service` alone",
                    remedy: "put what the extension needs into the extended recipe's own image")
            }
            extensions[entry.key, default: []].append(Extension(recipe: recipe, node: entry.value))
        }
    }

    /// The document of a recipe with the keys that others add to it.
    func extended(_ node: YAMLNode, _ recipe: String) -> YAMLNode {
        var added: YAMLNode?
        for other in (extensions[recipe] ?? []).sorted(by: { $0.recipe < $1.recipe }) {
            added =
                added.map { known in
                    known.joined(with: other.node) { path in
                        self.problems.add(
                            at: other.node.place,
                            "\(other.recipe) gives \(recipe)'s \(path.joined(separator: ".")) another value than "
                                + "another recipe that extends it")
                    }
                } ?? other.node
        }
        return added.map { $0.joined(with: node) } ?? node
    }
}
