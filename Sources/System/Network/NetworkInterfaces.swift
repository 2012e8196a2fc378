import Glibc
import Model

/// An IPv4 address of one of this host's network interfaces.
public struct InterfaceAddress: Sendable, Hashable {
    /// The name of the interface, such as `eth0`.
    public var interface: String
    /// The address with the prefix length of its network.
    public var network: IPv4Network

    /// Creates an address of an interface.
    public init(interface: String, network: IPv4Network) {
        self.interface = interface
        self.network = network
    }

    /// The address without its prefix length.
    public var address: IPv4Address { network.address }
}

/// The IPv4 addresses of this host's interfaces.
public func interfaceAddresses() throws -> [InterfaceAddress] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { throw SystemError("list this host's addresses") }
    defer { freeifaddrs(first) }
    var addresses: [InterfaceAddress] = []
    var next = first
    while let entry = next?.pointee {
        next = entry.ifa_next
        guard let address = ipv4Address(entry.ifa_addr), let mask = ipv4Address(entry.ifa_netmask) else { continue }
        addresses.append(
            InterfaceAddress(
                interface: String(cString: entry.ifa_name),
                network: IPv4Network(address: address, prefix: mask.bits.nonzeroBitCount)))
    }
    return addresses
}

/// Whether an address is this host's, so that a program can listen on it; true if that cannot be found out.
public func isOwnAddress(_ address: IPv4Address) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = address.bits.bigEndian
    let result = withUnsafePointer(to: &name) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return result == 0 || errno != EADDRNOTAVAIL
}

private func ipv4Address(_ pointer: UnsafeMutablePointer<sockaddr>?) -> IPv4Address? {
    guard let pointer, pointer.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
    return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        IPv4Address(bits: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
    }
}
