import DockerEngine

/// The settings of an environment or a command that determine the images' names and their base.
public struct ImageSettings: Sendable, Hashable {
    /// The host and port of the registry in the images' names; empty for none.
    public var registry: String
    /// The first part of the images' paths.
    public var prefix: String
    /// The name of a release in the catalogue.
    public var release: String
    /// The last part of the images' tags.
    public var version: String
    /// The image that root images are built on; nil to make them with mmdebstrap.
    public var rootImage: String?

    /// Creates settings; `minke` is the default prefix and `latest` the default version.
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
