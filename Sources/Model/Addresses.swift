/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let bits: UInt32

    public init(bits: UInt32) { self.bits = bits }

    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
    }

    /// Reads four decimal numbers with dots, without leading zeros (RFC 6943, section 3.1.1, strict form).
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard let number = UInt8(part), String(number) == part else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        self.bits = bits
    }

    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }

    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
}

/// An IPv4 network in CIDR notation.
public struct IPv4Network: Sendable, Hashable, CustomStringConvertible {
    /// The address as given; `network` is it with the host's bits cleared.
    public let address: IPv4Address
    public let prefix: Int

    public init(address: IPv4Address, prefix: Int) {
        self.address = address
        self.prefix = min(max(prefix, 0), 32)
    }

    /// Reads `A.B.C.D/N`.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPv4Address(text: parts[0]), let prefix = Int(parts[1]),
            (0...32).contains(prefix), String(prefix) == parts[1]
        else { return nil }
        self.init(address: address, prefix: prefix)
    }

    var mask: UInt32 { prefix == 0 ? 0 : ~0 << UInt32(32 - prefix) }
    public var network: IPv4Address { IPv4Address(bits: address.bits & mask) }
    public var broadcast: IPv4Address { IPv4Address(bits: address.bits | ~mask) }
    public var firstHost: IPv4Address { IPv4Address(bits: network.bits + (prefix < 31 ? 1 : 0)) }
    public var lastHost: IPv4Address { IPv4Address(bits: broadcast.bits - (prefix < 31 ? 1 : 0)) }

    public func contains(_ other: IPv4Address) -> Bool { other.bits & mask == network.bits }
    public func overlaps(_ other: IPv4Network) -> Bool {
        contains(other.network) || other.contains(network)
    }

    public var description: String { "\(address)/\(prefix)" }
}

extension IPv4Network {
    /// Cuts it into at least so many equal parts, a power of two, and gives the one of an index.
    public func part(_ index: Int, of count: Int) -> IPv4Network {
        var bits = 0
        while 1 << bits < count { bits += 1 }
        let longer = min(prefix + bits, 32)
        let size = UInt32(1) << UInt32(32 - longer)
        return IPv4Network(address: IPv4Address(bits: network.bits &+ size &* UInt32(index)), prefix: longer)
    }

    /// The last address that members get; those above it are for short-lived containers.
    public var lastMemberAddress: IPv4Address {
        IPv4Address(bits: shortLived.network.bits - 1)
    }

    /// The upper quarter of the network.
    public var shortLived: IPv4Network {
        let size = UInt32(1) << UInt32(max(0, 32 - prefix))
        return IPv4Network(
            address: IPv4Address(bits: network.bits + size / 4 * 3), prefix: min(prefix + 2, 32))
    }
}
