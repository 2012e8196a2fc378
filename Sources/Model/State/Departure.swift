/// A member that is gone for good, and that an API of the cloud still tells of.
public struct Departure: Sendable, Hashable {
    public var member: String
    public var service: String
    /// The host name of its container.
    public var hostname: String

    public init(member: String, service: String, hostname: String) {
        self.member = member
        self.service = service
        self.hostname = hostname
    }
}

/// A service whose API tells of members of services, each as one entry that can be deleted.
public struct Teller: Sendable, Hashable {
    public var service: String
    /// The services that it tells of.
    public var told: [String]
    /// Its own members, and others that have to answer before it does.
    public var after: [Milestone]

    public init(service: String, told: [String], after: [Milestone]) {
        self.service = service
        self.told = told
        self.after = after
    }
}
