import DockerEngine
import Model
import Recipes

/// An image of a recipe in a release.
public struct PlannedImage: Sendable {
    public let recipe: Recipe
    public let identity: String
    /// The parent's recipe and identity; nil for a root image.
    public let parent: String?
    public let parentIdentity: String?
    public let content: RecipeContent
    public let reference: ImageReference

    public var name: String { recipe.name }

    /// The labels of the image; the id of its parent is known only when it is built.
    func labels(release: Release, base: (name: String, id: String)?) -> [String: String] {
        var labels = [
            Labels.recipe: name, Labels.identity: identity, Labels.release: release.name,
            "org.opencontainers.image.title": name, "org.opencontainers.image.description": recipe.summary,
            "org.opencontainers.image.licenses": "Apache-2.0",
        ]
        if !release.openstack.isEmpty { labels["org.opencontainers.image.version"] = release.openstack }
        if let parentIdentity { labels[Labels.parent] = parentIdentity }
        if let node = recipe.image.node { labels[Labels.node] = node }
        for (group, value) in recipe.image.groups { labels[Labels.prefix + group] = value }
        if let base {
            labels["org.opencontainers.image.base.name"] = base.name
            labels["org.opencontainers.image.base.digest"] = base.id
        }
        return labels
    }
}
