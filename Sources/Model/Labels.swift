/// The labels by which Minke knows its own containers, images, networks and volumes. Nothing without them is touched.
public enum Labels {
    public static let prefix = "io.minke."

    /// On everything that belongs to an environment.
    public static let environment = prefix + "environment"
    public static let region = prefix + "region"
    public static let host = prefix + "host"
    public static let service = prefix + "service"
    public static let member = prefix + "member"
    /// `member`, `job`, `client` or `tool`: why a container exists.
    public static let role = prefix + "role"
    /// `true` on members whose network namespaces others join.
    public static let holder = prefix + "holder"
    /// The hash of a container's specification.
    public static let specification = prefix + "specification"
    /// `a` or `b`: which of a member's two addresses the container has.
    public static let slot = prefix + "slot"

    /// On the volume that tells whose an environment is: the id, machine and path of its state folder.
    public static let owner = prefix + "owner"
    public static let ownerMachine = prefix + "owner-machine"
    public static let ownerFolder = prefix + "owner-folder"

    /// On volumes: a random number, by which one that was removed and made again under its name is another one.
    public static let volume = prefix + "volume"

    /// On images: the recipe's name, the content hash, the release, the parent's content hash.
    public static let recipe = prefix + "recipe"
    public static let identity = prefix + "identity"
    public static let release = prefix + "release"
    public static let parent = prefix + "parent"
    /// `controller` or `compute`: the node role an image is for (feature C1.7).
    public static let node = prefix + "node"
}
