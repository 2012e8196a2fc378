import System

/// The options of a run of builds.
public struct BuildOptions: Sendable {
    /// The maximum number of builds at the same time.
    public var jobs = 2
    /// Whether images that exist are built again, without the engine's cache of steps.
    public var rebuilds = false
    /// Whether packages are kept between builds, in a caching proxy and, for root images, in a folder.
    public var usesPackageCache = true
    /// The folder for packages of root images, logs of failed builds, and the history of earlier builds.
    public var cacheDirectory = Files.cacheDirectory()
    /// The network mode of builds, such as `host`; nil for the engine's default.
    public var networkMode: String?
    /// The URL of the images' sources, for the label `org.opencontainers.image.source`; nil for none.
    public var source: String?

    /// Creates the default options.
    public init() {}
}
