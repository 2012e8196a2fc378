import System

/// The options of a run of builds.
public struct BuildOptions: Sendable {
    /// The number of images that are built at the same time.
    public var jobs = 2
    /// Whether images that exist are built too, without the engine's own cache of steps.
    public var rebuilds = false
    public var usesPackageCache = true
    /// The folder of downloads and of the history of earlier builds.
    public var cacheDirectory = Files.cacheDirectory()
    /// The network of builds, such as `host`; nil for the engine's default one.
    public var networkMode: String?
    /// The address at which the images' sources are published, for their labels.
    public var source: String?

    public init() {}
}
