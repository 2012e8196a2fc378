/// The identity of a member across hosts, by which steps and observations are keyed.
public struct MemberIdentity: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let region: String
    public let host: String
    public let environment: String
    public let member: String

    public init(region: String, host: String, environment: String, member: String) {
        self.region = region
        self.host = host
        self.environment = environment
        self.member = member
    }

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

    public var other: Slot { self == .a ? .b : .a }

    /// The name of the container of `member` in this slot.
    public func containerName(environment: String, member: String) -> String {
        self == .a ? "\(environment)-\(member)" : "\(environment)-\(member).b"
    }

    /// The name that the front knows the server by.
    public func serverName(member: String) -> String { "\(member)-\(rawValue)" }
}
