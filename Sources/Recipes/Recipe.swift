import Model
import Templates

/// How one image is built and, where it can run, how its service is configured, probed, bootstrapped and replaced.
///
/// docs/reference/recipe.yaml explains every key.
public struct Recipe: Sendable {
    public let name: String
    /// The folder that it was read from.
    public let folder: String
    public let summary: String
    public let image: ImageRecipe
    public let service: ServiceRecipe?

    public init(name: String, folder: String, summary: String, image: ImageRecipe, service: ServiceRecipe?) {
        self.name = name
        self.folder = folder
        self.summary = summary
        self.image = image
        self.service = service
    }
}

/// The part of a recipe that says how its image is made.
public struct ImageRecipe: Sendable {
    /// Absent for the root image.
    public var parent: String?
    public var arguments: [String: String] = [:]
    /// Component groups that the image belongs to; labels `io.minke.<key>`.
    public var groups: [String: String] = [:]
    /// `controller` or `compute`.
    public var node: String?
    /// The releases that it can be built in; nil means all.
    public var releases: [String]?
    /// How the root file system is made; only without a parent.
    public var root: RootRecipe?

    public init() {}
}

/// What mmdebstrap makes the root image from.
public struct RootRecipe: Sendable, Hashable {
    public var variant = "minbase"
    public var packages: [String] = []
    /// Lines of dpkg's configuration, also for what is installed later.
    public var dpkg: [String] = []
    /// Lines of apt's configuration, also for what is installed later.
    public var apt: [String] = []
    /// The folder in the recipe whose content is laid over the root.
    public var files: String?
    /// Commands that run in the root at the end, each a line of a shell.
    public var finish: [String] = []

    public init() {}
}

/// A release: a set of packages that recipes are built from, such as OpenStack 2025.1 on Debian 13.
public struct Release: Sendable {
    public var name: String
    public var summary = ""
    /// The Debian suite.
    public var debian = ""
    public var openstack = ""
    public var isDefault = false
    /// Lines of apt's sources.list.
    public var sources: [String] = []
    /// What templates see as `release.NAME`, and builds as arguments of that name.
    public var values = ValueMap()
    /// The releases whose running services this one takes over with their data; for each, the recipes that cannot, and
    /// why.
    public var follows: [String: [String: String]] = [:]

    public init(name: String) { self.name = name }
}
