import Glibc
import Synchronization
import System

/// A proxy between the program and the engine. It counts requests, and can kill the program at a request.
///
/// Every request gets a connection of its own, so that only the heads have to be parsed.
final class EngineProxy: Sendable {
    /// A request, numbered from zero in the order of arrival.
    struct Request: Sendable, Hashable, CustomStringConvertible {
        let number: Int
        let method: String
        /// The path without the API's version and the query.
        let path: String

        var description: String { "\(method) \(path)" }
    }

    /// The moment within an exchange at which the program is killed.
    enum Moment: String, Sendable, CaseIterable {
        case beforeForwarding = "before the request is forwarded"
        case beforeAnswer = "before the answer is passed on"
        case afterAnswer = "after the answer"
    }

    private let listener: Int32
    private let socketPath: String
    private let enginePath: String
    private let seen = Mutex<[Request]>([])
    private let lastClient = Mutex<pid_t?>(nil)
    private let decide: @Sendable (Request) -> Moment?

    /// Starts the proxy.
    ///
    /// - Parameter decide: called for every request; returns the moment at which the program is killed, or nil.
    /// - Throws: `ProxyFailure` if the socket cannot be opened.
    init(
        socket path: String, engine: String, decide: @escaping @Sendable (Request) -> Moment? = { _ in nil }
    ) throws {
        socketPath = path
        enginePath = String(engine.drop { $0 != "/" }.dropFirst(2))
        self.decide = decide
        unlink(path)
        listener = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        let bound = withAddress(of: path) { bind(listener, $0, $1) }
        guard listener >= 0, bound == 0, listen(listener, 64) == 0 else {
            throw ProxyFailure(what: "listen at \(path)")
        }
        Task { try await offload { [self] in accept() } }
    }

    var address: String { "unix://\(socketPath)" }
    var requests: [Request] { seen.withLock { $0 } }

    /// The process that connected last; nil if none has.
    var client: pid_t? { lastClient.withLock { $0 } }

    /// Accepts no more connections; open ones go on to their ends.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink(socketPath)
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            if client < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                close(listener)
                return
            }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            let process = peer(of: client)
            lastClient.withLock { $0 = process }
            Task { try await offload { [self] in serve(client) } }
        }
    }

    private func serve(_ client: Int32) {
        // A process that was just started may hold the descriptor as well, so closing alone would not end the
        // connection.
        defer {
            shutdown(client, Int32(SHUT_RDWR))
            close(client)
        }
        guard let head = readHead(client) else { return }
        let words = head.text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count == 3 else { return }
        let request = seen.withLock { seen in
            let whole = words[1].prefix { $0 != "?" }
            let path = whole.hasPrefix("/v1.") ? String(whole.dropFirst().drop { $0 != "/" }) : String(whole)
            let request = Request(number: seen.count, method: String(words[0]), path: path)
            seen.append(request)
            return request
        }
        let moment = decide(request)
        if moment == .beforeForwarding { return killPeer(of: client) }
        let engine = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        defer { close(engine) }
        guard withAddress(of: enginePath, { connect(engine, $0, $1) }) == 0 else { return }
        guard send(Array(closing(head.text).utf8) + head.rest, to: engine) else { return }
        relay(client: client, engine: engine, killsBeforeAnswer: moment == .beforeAnswer)
        if moment == .afterAnswer { killPeer(of: client) }
    }

    /// Passes bytes on in both directions until the engine closes the connection.
    private func relay(client: Int32, engine: Int32, killsBeforeAnswer: Bool) {
        var isClientOpen = true
        while true {
            var wanted = [
                pollfd(fd: engine, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isClientOpen ? client : -1, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&wanted, 2, -1) < 0 {
                if errno == EINTR { continue }
                return
            }
            if wanted[0].revents != 0 {
                if killsBeforeAnswer { return killPeer(of: client) }
                guard let piece = receive(engine), send(piece, to: client) else { return }
            }
            if wanted[1].revents != 0 {
                if let piece = receive(client) {
                    guard send(piece, to: engine) else { return }
                } else if isAlive(client) {
                    // The client has closed its sending half and still reads.
                    isClientOpen = false
                    shutdown(engine, Int32(SHUT_WR))
                } else {
                    return
                }
            }
        }
    }

    // MARK: Sockets

    private func readHead(_ socket: Int32) -> (text: String, rest: [UInt8])? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.count < 1 << 16 {
            guard let piece = receive(socket) else { return nil }
            bytes += piece
            if let range = bytes.firstRange(of: end) {
                return (String(decoding: bytes[..<range.upperBound], as: UTF8.self), Array(bytes[range.upperBound...]))
            }
        }
        return nil
    }

    /// The head with `Connection: close`, so that the connection ends with the answer. A head that asks for an upgrade
    /// is unchanged.
    private func closing(_ head: String) -> String {
        if head.lowercased().contains("\r\nupgrade:") { return head }
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: true).map(String.init)
        lines.removeAll { $0.lowercased().hasPrefix("connection:") }
        return (lines + ["Connection: close"]).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func receive(_ socket: Int32) -> [UInt8]? {
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            var result: Int
            repeat { result = recv(socket, buffer.baseAddress, buffer.count, 0) } while result < 0 && errno == EINTR
            count = max(0, result)
        }
        return piece.isEmpty ? nil : piece
    }

    private func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func peer(of client: Int32) -> pid_t {
        // Process, user and group ID: Swift does not know `struct ucred`.
        var credentials: [pid_t] = [0, 0, 0]
        var size = socklen_t(MemoryLayout<pid_t>.size * credentials.count)
        getsockopt(client, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
        return credentials[0]
    }

    private func isAlive(_ client: Int32) -> Bool {
        let process = peer(of: client)
        return process > 0 && kill(process, 0) == 0
    }

    /// Kills the program at the other end of a connection. This process started it and has not waited for its end yet.
    private func killPeer(of client: Int32) {
        let process = peer(of: client)
        if process > 1 { kill(process, SIGKILL) }
    }

    private func withAddress(of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// The error of a socket operation, with its errno.
struct ProxyFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { "the proxy could not \(what): \(String(cString: strerror(errno)))" }
}
