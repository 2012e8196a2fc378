import Model

/// A version of the Docker Engine API.
public struct APIVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number before the dot.
    public let major: Int
    /// The number after the dot.
    public let minor: Int

    /// Creates a version from its numbers.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Parses `MAJOR.MINOR`; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int(decimal: $0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor)
    }

    /// The oldest version that this client speaks: engine 20.10's.
    public static let oldest = APIVersion(1, 41)
    /// The newest version that this client speaks.
    public static let newest = APIVersion(1, 47)

    /// Compares the major numbers, then the minor ones.
    public static func < (left: APIVersion, right: APIVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// The version as `MAJOR.MINOR`.
    public var description: String { "\(major).\(minor)" }
}

extension APIVersion: TextCodable {
    /// Parses `MAJOR.MINOR`; nil for any other text.
    public init?(text: String) { self.init(text) }
}
