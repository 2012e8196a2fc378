/// A volume of a member that keeps data: what nobody can make again is lost with it.
public struct DataVolume: Sendable, Hashable {
    /// The volume's name on the engine.
    public var name: String
    /// The service whose data it keeps; empty where those of a pod share it.
    public var service: String
    /// Its name in the recipe.
    public var recipeName: String
    /// The member, service or pod that it is named after.
    public var owner: String
    /// What is lost with it.
    public var contents: String
    /// The full host name that its content belongs to; nil where that is of use under any.
    public var hostname: String?
    /// Whether another member can be told to take it over.
    public var isMembers: Bool
    /// Whether the member was told to take it over from another one.
    public var isTakenOver: Bool

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
    public var name: String
    public var volumes: [KnownVolume]

    public init(name: String, volumes: [KnownVolume]) {
        self.name = name
        self.volumes = volumes
    }
}

/// A volume with data that an environment is remembered to have on a host.
public struct KnownVolume: Sendable, Hashable {
    public var host: String
    public var volume: DataVolume

    public init(host: String, volume: DataVolume) {
        self.host = host
        self.volume = volume
    }
}
