/// The labels by which Minke knows its own containers, images, networks and volumes. It touches nothing without them.
public enum Labels {
    /// The beginning of every label's name.
    public static let prefix = "io.minke."

    /// The environment's name, on everything that belongs to it.
    public static let environment = prefix + "environment"
    /// The region of a member or job, on its container.
    public static let region = prefix + "region"
    /// The name of the host that the container of a member or job is on.
    public static let host = prefix + "host"
    /// The service of a member or job, on its container and on the volumes that were created with a job's.
    public static let service = prefix + "service"
    /// The name of a member, on its container and on the volumes created with it; of a job or tool, on its container.
    public static let member = prefix + "member"
    /// The purpose of a container, `member`, `job`, `client` or `tool`, or of a volume: `files` for a container's
    /// rendered files, `owner` for the record of the environment's owner.
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

    /// The id of the state folder that owns an environment, on the volume that records it (`EnvironmentOwner`).
    public static let owner = prefix + "owner"
    /// The machine that the owner's state folder is on.
    static let ownerMachine = prefix + "owner-machine"
    /// The path of the owner's state folder.
    public static let ownerFolder = prefix + "owner-folder"

    /// A random number on volumes, which tells a volume from a later one of the same name.
    public static let volume = prefix + "volume"

    /// The name of the recipe that an image was built from, or that a member's service has.
    public static let recipe = prefix + "recipe"
    /// The content hash of an image, which tells whether its recipe would give another one.
    public static let identity = prefix + "identity"
    /// The name of the release that an image was built for.
    public static let release = prefix + "release"
    /// The content hash of the image that an image was built on; a root image has no such label.
    public static let parent = prefix + "parent"
    /// The node role that an image is for: `controller` or `compute`.
    public static let node = prefix + "node"

    /// The names after `prefix` that no recipe can give to a group of images: those of all labels above. Containers
    /// inherit their images' labels.
    public static let reserved = Set(
        [
            environment, region, host, service, member, role, worksFor, holder, sidecarOf, specification, slot, owner,
            ownerMachine, ownerFolder, volume, recipe, identity, release, parent, node,
        ].map { String($0.dropFirst(prefix.count)) })
}
