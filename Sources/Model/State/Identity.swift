/// The name of a member with its place: its region, host and environment.
public struct MemberIdentity: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The region of the member.
    public let region: String
    /// The name of the host that the member runs on.
    public let host: String
    /// The name of the environment.
    public let environment: String
    /// The name of the member, unique in its environment.
    public let member: String

    /// Creates an identity.
    public init(region: String, host: String, environment: String, member: String) {
        self.region = region
        self.host = host
        self.environment = environment
        self.member = member
    }

    /// Compares environments, then regions, hosts and members.
    public static func < (left: MemberIdentity, right: MemberIdentity) -> Bool {
        (left.environment, left.region, left.host, left.member)
            < (right.environment, right.region, right.host, right.member)
    }

    /// The member's name, which is unique in an environment.
    public var description: String { member }
}

/// One of a member's two places for a container: a replacement starts in the other one.
public enum Slot: String, Sendable, CaseIterable {
    case a, b

    /// The slot in which a replacement of this one's container starts.
    public var other: Slot { self == .a ? .b : .a }

    /// The name of the container of `member` in this slot.
    public func containerName(environment: String, member: String) -> String {
        self == .a ? "\(environment)-\(member)" : "\(environment)-\(member).b"
    }

    /// The name that the front knows the server by.
    public func serverName(member: String) -> String { "\(member)-\(rawValue)" }
}
