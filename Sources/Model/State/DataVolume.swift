/// A volume of a member, with data that cannot be made again.
public struct DataVolume: Sendable, Hashable {
    /// The volume's name on the engine.
    public var name: String
    /// The service whose data the volume keeps; empty where the services of a pod share it.
    public var service: String
    /// The volume's name in the recipe.
    public var recipeName: String
    /// The member, service or pod that the volume is named after.
    public var owner: String
    /// The data that is lost with the volume, in words.
    public var contents: String
    /// The full host name that the content belongs to; nil where it can be used under any.
    public var hostname: String?
    /// Whether another member can be told to take the volume over.
    public var isMembers: Bool
    /// Whether the member was told to take the volume over from another one.
    public var isTakenOver: Bool

    /// Creates a volume; by default it is a member's own, not taken over, and of use under any host name.
    public init(
        name: String, service: String, recipeName: String, owner: String, contents: String, hostname: String? = nil,
        isMembers: Bool = true, isTakenOver: Bool = false
    ) {
        self.name = name
        self.service = service
        self.recipeName = recipeName
        self.owner = owner
        self.contents = contents
        self.hostname = hostname
        self.isMembers = isMembers
        self.isTakenOver = isTakenOver
    }
}

/// The environment that a file described when it was last brought up, under another name than now.
public struct FormerEnvironment: Sendable, Hashable {
    /// The name that the environment had.
    public var name: String
    /// The volumes with data that the environment is known to have.
    public var volumes: [KnownVolume]

    /// Creates a former environment.
    public init(name: String, volumes: [KnownVolume]) {
        self.name = name
        self.volumes = volumes
    }
}

/// A remembered volume with data, and its host.
public struct KnownVolume: Sendable, Hashable {
    /// The name of the host that the volume is on.
    public var host: String
    /// The volume as it was last recorded.
    public var volume: DataVolume

    /// Creates a remembered volume.
    public init(host: String, volume: DataVolume) {
        self.host = host
        self.volume = volume
    }
}
