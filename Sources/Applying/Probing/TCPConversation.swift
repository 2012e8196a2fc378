import Glibc
import Model

/// One try to reach a TCP port: connect, send a text, wait for an expected text, all within one time limit.
struct TCPConversation {
    let address: IPv4Address
    let port: Int
    let send: String?
    let expect: String?

    /// Holds the conversation and returns its result; blocks for at most `limit`.
    func hold(limit: Duration) -> ProbeAnswer {
        let deadline = ContinuousClock.now + limit
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return refusal("no socket") }
        defer { close(descriptor) }
        if let trouble = connect(descriptor, until: deadline) { return refusal(trouble) }
        if let send, !write(send, to: descriptor, until: deadline) { return refusal("it did not take what was sent") }
        guard let expect, !expect.isEmpty else {
            return ProbeAnswer(isHealthy: true, words: "\(address):\(port) is open")
        }
        let wanted = Array(expect.utf8)
        var heard: [UInt8] = []
        while !contains(heard, wanted), heard.count < 65536 {
            guard wait(for: descriptor, Int16(POLLIN), until: deadline) else { break }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { break }
            heard += buffer[..<count]
        }
        if contains(heard, wanted) {
            return ProbeAnswer(isHealthy: true, words: "\(address):\(port) answers as wanted")
        }
        return refusal(heard.isEmpty ? "it says nothing" : "it says \(printable(heard))")
    }

    private func refusal(_ words: String) -> ProbeAnswer {
        ProbeAnswer(isHealthy: false, words: "\(address):\(port): \(words)")
    }

    private func connect(_ descriptor: Int32, until deadline: ContinuousClock.Instant) -> String? {
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        target.sin_addr.s_addr = address.bits.bigEndian
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return nil }
        guard errno == EINPROGRESS else { return String(cString: strerror(errno)) }
        guard wait(for: descriptor, Int16(POLLOUT), until: deadline) else { return "no answer in time" }
        var trouble: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &trouble, &size)
        return trouble == 0 ? nil : String(cString: strerror(trouble))
    }

    private func write(_ text: String, to descriptor: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            guard wait(for: descriptor, Int16(POLLOUT), until: deadline) else { return false }
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func wait(for descriptor: Int32, _ events: Int16, until deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (deadline - ContinuousClock.now).seconds
            if left <= 0 { return false }
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let result = Glibc.poll(&entry, 1, Int32(min(left * 1000 + 1, 60_000)))
            if result > 0 { return true }
            if result < 0, errno != EINTR { return false }
        }
    }

    private func contains(_ heard: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard heard.count >= wanted.count else { return false }
        return (0...(heard.count - wanted.count)).contains { heard[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }

    private func printable(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(60).map { (32..<127).contains($0) ? String(UnicodeScalar($0)) : "." }
        return "\"\(shown.joined())\""
    }
}
