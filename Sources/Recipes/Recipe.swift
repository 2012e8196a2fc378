import Model
import Templates

/// A recipe: how to build one image and, where it has a service, how to configure, probe, bootstrap and replace it.
///
/// docs/reference/recipe.yaml explains every key.
public struct Recipe: Sendable {
    /// The name, which is the folder's.
    public let name: String
    /// The folder that the recipe was read from.
    public let folder: String
    /// The description in one line.
    public let summary: String
    /// The build of the image.
    public let image: ImageRecipe
    /// The service; nil where the recipe is an image only.
    public let service: ServiceRecipe?

    /// Creates a recipe.
    public init(name: String, folder: String, summary: String, image: ImageRecipe, service: ServiceRecipe?) {
        self.name = name
        self.folder = folder
        self.summary = summary
        self.image = image
        self.service = service
    }
}

/// The part of a recipe about building its image.
public struct ImageRecipe: Sendable {
    /// The recipe that this one is built on; nil for the root image.
    public var parent: String?
    /// Build arguments beside PARENT, RELEASE and SUITE, which every build gets.
    public var arguments: [String: String] = [:]
    /// The component groups that the image belongs to, for its labels `io.minke.<key>`.
    public var groups: [String: String] = [:]
    /// The node role that the image is for, `controller` or `compute`.
    public var node: String?
    /// The releases that the image can be built in; nil for all.
    public var releases: [String]?
    /// The content of the root file system; only where the image has no parent.
    public var root: RootRecipe?

    /// Creates an image recipe without a parent.
    public init() {}
}

/// The root image's packages and configuration, as mmdebstrap takes them.
public struct RootRecipe: Sendable, Hashable {
    /// The variant of mmdebstrap.
    public var variant = "minbase"
    /// The names of the packages to install.
    public var packages: [String] = []
    /// Lines of dpkg's configuration, in force also for packages that are installed later.
    public var dpkg: [String] = []
    /// Lines of apt's configuration, in force also for packages that are installed later.
    public var apt: [String] = []
    /// The folder in the recipe whose content is laid over the root.
    public var files: String?
    /// Shell commands that run in the root at the end.
    public var finish: [String] = []

    /// Creates a root recipe without packages of its own.
    public init() {}
}

/// A release: a set of packages that recipes are built from, such as OpenStack 2025.1 on Debian 13.
public struct Release: Sendable {
    /// The name, which is its file's without ending.
    public var name: String
    /// The description in one line.
    public var summary = ""
    /// The Debian suite.
    public var debian = ""
    /// The version of OpenStack, such as `2025.1`; may be empty.
    public var openstack = ""
    /// Whether environments that name no release use this one.
    var isDefault = false
    /// Lines of apt's sources.list.
    public var sources: [String] = []
    /// The values that templates read as `release.NAME`, and that builds get as arguments of the same names.
    public var values = ValueMap()
    /// The releases whose running services can be upgraded to this one with their data, each with the recipes that
    /// cannot and the reasons.
    public var follows: [String: [String: String]] = [:]

    /// Creates a release with nothing but a name.
    public init(name: String) { self.name = name }
}
