/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The four bytes as one number, the first byte highest.
    public let bits: UInt32

    /// Creates an address from its number, in which the first byte is the highest.
    public init(bits: UInt32) { self.bits = bits }

    /// Creates the address `a.b.c.d`.
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

    /// Compares the numbers, which is the order of the addresses in a network.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }

    /// The address as four decimal numbers with dots.
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
}

/// An IPv4 network in CIDR notation.
public struct IPv4Network: Sendable, Hashable, CustomStringConvertible {
    /// The address as given; `network` is the same with the host's bits cleared.
    public let address: IPv4Address
    /// The number of leading bits that all addresses of the network share, 0 to 32.
    public let prefix: Int

    /// Creates a network; a prefix below 0 counts as 0, and one above 32 as 32.
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
    /// The network's first address, which no host has where the prefix is 30 or shorter.
    public var network: IPv4Address { IPv4Address(bits: address.bits & mask) }
    /// The network's last address, which no host has where the prefix is 30 or shorter.
    public var broadcast: IPv4Address { IPv4Address(bits: address.bits | ~mask) }
    /// The lowest address that a host can have; of a prefix of 31 (RFC 3021) or 32, the network's first.
    public var firstHost: IPv4Address { IPv4Address(bits: network.bits | (prefix < 31 ? 1 : 0)) }
    /// The highest address that a host can have; of a prefix of 31 (RFC 3021) or 32, the network's last.
    public var lastHost: IPv4Address { IPv4Address(bits: broadcast.bits & ~(prefix < 31 ? 1 : 0)) }

    /// Whether an address is in the network.
    public func contains(_ other: IPv4Address) -> Bool { other.bits & mask == network.bits }
    /// Whether two networks share addresses, so that one of them contains the other.
    public func overlaps(_ other: IPv4Network) -> Bool {
        contains(other.network) || other.contains(network)
    }

    /// The network as `A.B.C.D/N`, with the address as given.
    public var description: String { "\(address)/\(prefix)" }
}

extension IPv4Network {
    /// The part with this index among at least `count` equal ones, whose number is a power of two. An index beyond the
    /// last part means the last one, and a part is one address at least.
    public func part(_ index: Int, of count: Int) -> IPv4Network {
        var bits = 0
        while bits < 32 - prefix, 1 << bits < count { bits += 1 }
        let longer = prefix + bits
        let last = (UInt64(1) << UInt64(bits)) - 1
        let offset = min(UInt64(max(index, 0)), last) << UInt64(32 - longer)
        return IPv4Network(
            address: IPv4Address(bits: network.bits | UInt32(truncatingIfNeeded: offset)), prefix: longer)
    }

    /// The last address that members get; the addresses above it are for short-lived containers.
    public var lastMemberAddress: IPv4Address {
        IPv4Address(bits: max(network.bits, shortLived.network.bits &- 1))
    }

    /// The upper quarter of the network, for short-lived containers.
    public var shortLived: IPv4Network {
        let quarter = (UInt64(1) << UInt64(32 - prefix)) / 4
        return IPv4Network(
            address: IPv4Address(bits: network.bits | UInt32(truncatingIfNeeded: quarter * 3)),
            prefix: min(prefix + 2, 32))
    }
}

/// Networks with a meaning of their own, in which no host can have an address (RFC 6890).
public enum ReservedNetwork: CaseIterable, Sendable {
    case thisNetwork, loopback, linkLocal, multicast, future

    /// The addresses of the reserved network.
    public var network: IPv4Network {
        switch self {
        case .thisNetwork: IPv4Network(address: IPv4Address(0, 0, 0, 0), prefix: 8)
        case .loopback: IPv4Network(address: IPv4Address(127, 0, 0, 0), prefix: 8)
        case .linkLocal: IPv4Network(address: IPv4Address(169, 254, 0, 0), prefix: 16)
        case .multicast: IPv4Network(address: IPv4Address(224, 0, 0, 0), prefix: 4)
        case .future: IPv4Network(address: IPv4Address(240, 0, 0, 0), prefix: 4)
        }
    }

    /// The purpose of the reserved network, as the end of a sentence that begins with an address in it.
    public var purpose: String {
        switch self {
        case .thisNetwork: "means this network itself"
        case .loopback: "means the host itself"
        case .linkLocal: "is for link-local addresses"
        case .multicast: "is for multicast"
        case .future: "is reserved, and for broadcast"
        }
    }

    /// The first reserved network that shares addresses with a network; nil where hosts can have all of its addresses.
    public static func first(in network: IPv4Network) -> ReservedNetwork? {
        allCases.first { $0.network.overlaps(network) }
    }

    /// The reserved network that an address is in; nil where a host can have the address.
    public static func first(with address: IPv4Address) -> ReservedNetwork? {
        allCases.first { $0.network.contains(address) }
    }
}
