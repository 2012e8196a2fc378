import Model
import Templates

/// A recipe: how to build one image and, where it has a service, how to configure, probe, bootstrap and replace it.
///
/// docs/reference/recipe.yaml explains every key.
public struct Recipe: Sendable {
    public let name: String
    /// The folder that the recipe was read from.
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
    /// The recipe that this one is built on; nil for the root image.
    public var parent: String?
    public var arguments: [String: String] = [:]
    /// The component groups that the image belongs to, for its labels `io.minke.<key>`.
    public var groups: [String: String] = [:]
    /// The node role that the image is for, `controller` or `compute`.
    public var node: String?
    /// The releases that the image can be built in; nil for all.
    public var releases: [String]?
    /// The content of the root file system; only where the image has no parent.
    public var root: RootRecipe?

    public init() {}
}

/// The root image's packages and configuration, as mmdebstrap takes them.
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
    /// The values that templates read as `release.NAME`, and that builds get as arguments of the same names.
    public var values = ValueMap()
    /// The releases from which running services can be upgraded to this one with their data; for each, the recipes that
    /// cannot be, and why.
    public var follows: [String: [String: String]] = [:]

    public init(name: String) { self.name = name }
}
