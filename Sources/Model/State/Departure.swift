/// A member that is gone for good, but that an API of the cloud still lists.
public struct Departure: Sendable, Hashable {
    /// The name that the member had.
    public var member: String
    /// The service that the member was of, as the API's entries name it.
    public var service: String
    /// The host name of the member's container.
    public var hostname: String

    /// Creates a departure.
    public init(member: String, service: String, hostname: String) {
        self.member = member
        self.service = service
        self.hostname = hostname
    }
}

/// A service whose API lists members of services, each as one entry that can be deleted.
public struct Teller: Sendable, Hashable {
    /// The service that has the API.
    public var service: String
    /// The services whose members the API lists.
    public var told: [String]
    /// The service's own members, and others that have to answer before its API does.
    public var after: [Milestone]

    /// Creates a teller.
    public init(service: String, told: [String], after: [Milestone]) {
        self.service = service
        self.told = told
        self.after = after
    }
}
