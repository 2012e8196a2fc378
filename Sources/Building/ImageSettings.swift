import DockerEngine

/// The settings by which an environment or a command names and makes images.
public struct ImageSettings: Sendable, Hashable {
    /// The host and port of a registry; empty for none.
    public var registry: String
    public var prefix: String
    /// The name of a release in the catalogue.
    public var release: String
    public var version: String
    /// The image that the root image is built on; nil has mmdebstrap make the root image.
    public var rootImage: String?

    public init(
        registry: String = "", prefix: String = "minke", release: String, version: String = "latest",
        rootImage: String? = nil
    ) {
        self.registry = registry
        self.prefix = prefix
        self.release = release
        self.version = version
        self.rootImage = rootImage
    }

    /// The name of a recipe's image: `[REGISTRY/]PREFIX/RECIPE:RELEASE-VERSION`.
    public func reference(to recipe: String) -> ImageReference {
        ImageReference(registry: registry, path: "\(prefix)/\(recipe)", tag: "\(release)-\(version)")
    }
}
