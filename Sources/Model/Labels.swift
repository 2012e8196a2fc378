/// The labels by which Minke knows its own containers, images, networks and volumes. It touches nothing without them.
public enum Labels {
    public static let prefix = "io.minke."

    /// The environment's name, on everything that belongs to it.
    public static let environment = prefix + "environment"
    public static let region = prefix + "region"
    public static let host = prefix + "host"
    public static let service = prefix + "service"
    public static let member = prefix + "member"
    /// The purpose of a container: `member`, `job`, `client` or `tool`.
    public static let role = prefix + "role"
    /// The member that a job's container works for, where each member has a job of its own.
    public static let worksFor = prefix + "works-for"
    /// The mark of members whose network namespaces others join: `true`.
    public static let holder = prefix + "holder"
    /// The member that a sidecar's container belongs to, by its name.
    public static let sidecarOf = prefix + "sidecar-of"
    /// The hash of a container's specification.
    public static let specification = prefix + "specification"
    /// The slot of a container, `a` or `b`: the one of its member's two addresses that it has.
    public static let slot = prefix + "slot"

    /// The owner of an environment, on a volume of its own: the id, machine and path of its state folder.
    public static let owner = prefix + "owner"
    public static let ownerMachine = prefix + "owner-machine"
    public static let ownerFolder = prefix + "owner-folder"

    /// A random number on volumes, which tells a volume from a later one of the same name.
    public static let volume = prefix + "volume"

    /// The origin of images: the recipe's name, the content hash, the release, the parent's content hash.
    public static let recipe = prefix + "recipe"
    public static let identity = prefix + "identity"
    public static let release = prefix + "release"
    public static let parent = prefix + "parent"
    /// The node role that an image is for: `controller` or `compute`.
    public static let node = prefix + "node"
}
