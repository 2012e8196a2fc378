import CCurl
import CShims
import Glibc
import Model
import System

/// An open connection as a stream of bytes both ways, none of whose calls blocks. Used by one thread.
protocol Channel: AnyObject {
    var descriptor: Int32 { get }

    /// Sends what can be sent now and tells how many bytes that were; nil when the other side reads no more.
    func send(_ bytes: UnsafeRawBufferPointer) -> Int?

    /// Fills the buffer with what has come and tells how many bytes that are, zero at the end; nil for the moment.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws -> Int?

    /// Tells the other side that nothing more is sent.
    func endSending()
}

/// Opens the connection that a request goes over.
func openChannel(for request: HTTPRequest, settings: HTTPSettings) throws -> any Channel {
    if let path = settings.unixSocket { return try SocketChannel(path: path, request: request) }
    return try CurlChannel(request, settings: settings)
}

/// A connection to a unix socket.
final class SocketChannel: Channel {
    let descriptor: Int32
    private let subject: String

    init(path: String, request: HTTPRequest) throws {
        subject = "\(request.subject) at unix://\(path)"
        let problem: (String) -> HTTPFailure = { [subject] in
            HTTPFailure(.unreachable, subject: subject, reason: $0)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw problem("the socket's path is too long")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw problem(String(cString: strerror(errno))) }
        // Connecting waits where the other side has not taken those who came before.
        var limit = timeval(tv_sec: max(1, Int(request.connectLimit.components.seconds)), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result != 0 {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw problem(reason)
        }
    }

    deinit { close(descriptor) }

    /// Whether nothing has come over it, not even its end.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)) < 0
            && (errno == EAGAIN || errno == EINTR)
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if count >= 0 { return count }
        if errno == EAGAIN || errno == EINTR { return nil }
        throw HTTPFailure(.broken, subject: subject, reason: String(cString: strerror(errno)))
    }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }
}

/// A connection that libcurl opens, with TLS where the URL asks for it.
final class CurlChannel: Channel {
    let descriptor: Int32
    private let easy: UnsafeMutableRawPointer
    private let subject: String

    init(_ request: HTTPRequest, settings: HTTPSettings) throws {
        try loadLibrary()
        guard let easy = curl_easy_init() else { throw SystemError("set up libcurl", code: ENOMEM) }
        self.easy = easy
        subject = request.subject
        Transfer.apply(settings, connectLimit: request.connectLimit, to: easy)
        minke_curl_set_text(easy, CURLOPT_URL, request.url)
        minke_curl_set_number(easy, CURLOPT_CONNECT_ONLY, 1)
        let code = curl_easy_perform(easy)
        descriptor = minke_curl_socket(easy)
        guard code == CURLE_OK, descriptor >= 0 else {
            throw HTTPFailure(code == CURLE_OK ? CURLE_COULDNT_CONNECT : code, subject: request.subject, detail: "")
        }
    }

    deinit { curl_easy_cleanup(easy) }

    func send(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var sent = 0
        switch curl_easy_send(easy, bytes.baseAddress, bytes.count, &sent) {
        case CURLE_OK: return sent
        case CURLE_AGAIN: return 0
        default: return nil
        }
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        var count = 0
        switch curl_easy_recv(easy, buffer.baseAddress, buffer.count, &count) {
        case CURLE_OK: return count
        case CURLE_AGAIN: return nil
        case let code: throw HTTPFailure(code, subject: subject, detail: "")
        }
    }

    func endSending() { minke_curl_end_sending(easy) }
}
