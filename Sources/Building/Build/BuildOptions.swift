import System

/// How a build is carried out, beside what is built.
public struct BuildOptions: Sendable {
    /// How many images are built at once.
    public var jobs = 2
    /// Builds also what is already there, without the engine's own cache of steps.
    public var rebuilds = false
    public var usesPackageCache = true
    /// Where downloads and what is known of earlier builds are kept.
    public var cacheDirectory = Files.cacheDirectory()
    /// The network of builds, such as `host`; without it, the engine's default one.
    public var networkMode: String?
    /// The address that the images' sources are published at, for their labels.
    public var source: String?

    public init() {}
}
