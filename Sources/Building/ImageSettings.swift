import DockerEngine

/// How an environment, or a command, names and makes images.
public struct ImageSettings: Sendable, Hashable {
    /// Host and port of a registry; empty for none.
    public var registry: String
    public var prefix: String
    /// A file of the catalogue's releases.
    public var release: String
    public var version: String
    /// The image that the root image is made from; without it, mmdebstrap makes it.
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
