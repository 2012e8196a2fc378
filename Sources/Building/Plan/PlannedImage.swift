import DockerEngine
import Model
import Recipes

/// The image of a recipe in a release.
public struct PlannedImage: Sendable {
    /// The recipe that the image is built from.
    public let recipe: Recipe
    /// The image's identity; see `ImageIdentity`.
    public let identity: String
    /// The name of the parent's recipe; nil for a root image.
    public let parent: String?
    /// The identity of the parent; nil for a root image.
    public let parentIdentity: String?
    /// The files that the image is built from.
    let content: RecipeContent
    /// The name of the image, with its tag.
    public let reference: ImageReference

    /// The name of the recipe.
    public var name: String { recipe.name }

    /// The labels of the image, including those that OCI defines (`org.opencontainers.image.*`, OCI Image Format
    /// Specification).
    ///
    /// - Parameter base: the name and id of the parent, which are known only when the image is built.
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
