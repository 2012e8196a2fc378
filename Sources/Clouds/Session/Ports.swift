import Glibc
import Model

/// Whether a port of this host can be bound, that is, no other program listens on it.
package func isPortFree(_ port: ContainerSpecification.PublishedPort) -> Bool {
    let kind = port.transport == "udp" ? Int32(SOCK_DGRAM.rawValue) : Int32(SOCK_STREAM.rawValue)
    let descriptor = socket(AF_INET, kind | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    // Connections that are only winding down do not count.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port.hostPort).bigEndian
    address.sin_addr.s_addr = (IPv4Address(text: port.address)?.bits ?? 0).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return result == 0 || errno != EADDRINUSE
}
