import CCurl
import CShims
import Glibc
import Model
import System

/// The input of a connection that was taken over from HTTP.
public enum RawInput: Sendable {
    /// The given bytes, then the end.
    case bytes([UInt8])
    /// All bytes that can be read from a descriptor, then the end.
    case descriptor(Int32)
    /// The content of the file at a path, then the end.
    case file(String)
    /// No bytes; the stream stays open until the other side ends it or the task is cancelled.
    case open
}

extension HTTPClient {
    /// Sends a request that turns its connection into a plain stream of bytes both ways, as the Docker API does for
    /// exec and attach ("hijacking"), and carries the stream until the server ends it.
    ///
    /// - Parameters:
    ///   - onOpen: called when the stream begins.
    ///   - onBytes: receives the server's bytes, on a thread that may block.
    /// - Returns: the response; unless its status is 101 or 200 there was no stream, and the body has the reason.
    /// - Throws: `HTTPFailure`, `TimedOut`, `CancellationError`, an error of `onBytes`, or `SystemError`.
    public func hijack(
        _ request: HTTPRequest, input: RawInput,
        onOpen: (@Sendable () -> Void)? = nil,
        onBytes: @escaping @Sendable (ArraySlice<UInt8>) throws -> Void
    ) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let stop = try Wakeup()
        return try await withTaskCancellationHandler {
            try await offload { [settings] in
                let connection = try HijackedConnection(request, settings: settings, stop: stop)
                return try connection.run(input, onOpen: onOpen, onBytes: onBytes)
            }
        } onCancel: {
            stop.signal()
        }
    }
}

/// A connection that libcurl only opens, with TLS where the URL asks for it. It is used by one thread.
private final class HijackedConnection {
    private let request: HTTPRequest
    private let stop: Wakeup
    private let easy: UnsafeMutableRawPointer
    private let socket: Int32
    private let deadline: ContinuousClock.Instant?
    private var received: [UInt8] = []

    init(_ request: HTTPRequest, settings: HTTPSettings, stop: Wakeup) throws {
        try loadLibrary()
        guard let easy = curl_easy_init() else { throw SystemError("set up libcurl", code: ENOMEM) }
        self.request = request
        self.stop = stop
        self.easy = easy
        deadline = request.timeLimit.map { ContinuousClock.now + $0 }
        Transfer.apply(settings, connectLimit: request.connectLimit, to: easy)
        minke_curl_set_text(easy, CURLOPT_URL, request.url)
        minke_curl_set_number(easy, CURLOPT_CONNECT_ONLY, 1)
        let code = curl_easy_perform(easy)
        socket = minke_curl_socket(easy)
        guard code == CURLE_OK, socket >= 0 else {
            throw HTTPFailure(code == CURLE_OK ? CURLE_COULDNT_CONNECT : code, subject: request.subject, detail: "")
        }
    }

    deinit { curl_easy_cleanup(easy) }

    func run(
        _ input: RawInput, onOpen: (() -> Void)?, onBytes: (ArraySlice<UInt8>) throws -> Void
    ) throws -> HTTPResponse {
        var outgoing = requestBytes()[...]
        while !outgoing.isEmpty { try wait(reading: false, writing: !send(&outgoing)) }
        let head = try receiveHead()
        guard head.status == 101 || head.status == 200 else {
            return HTTPResponse(head: head, body: try receiveBody(head))
        }
        onOpen?()
        if !received.isEmpty { try onBytes(received[...]) }
        try carry(input, onBytes)
        return HTTPResponse(head: head, body: [])
    }

    private func requestBytes() -> [UInt8] {
        let afterScheme = request.url.range(ofScheme: "://").map { request.url[$0...] } ?? request.url[...]
        let host = afterScheme.prefix { $0 != "/" }
        let path = afterScheme.dropFirst(host.count)
        var text = "\(request.method) \(path) HTTP/1.1\r\nHost: \(host)\r\n"
        for header in request.headers { text += "\(header.name): \(header.value)\r\n" }
        text += "Connection: Upgrade\r\nUpgrade: tcp\r\n"
        var body: [UInt8] = []
        if case .bytes(let bytes) = request.body { body = bytes }
        return Array("\(text)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    private func receiveHead() throws -> HTTPHead {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let start = received.firstIndex(of: end) {
                let lines = String(decoding: received[..<start], as: UTF8.self).split(separator: "\r\n")
                received.removeFirst(start + end.count)
                return try parseHead(lines)
            }
            if received.count > 1 << 20 { throw broken("the response's headers do not end") }
            guard try receiveMore() else { throw broken("the connection ended before a response") }
        }
    }

    private func parseHead(_ lines: [Substring]) throws -> HTTPHead {
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
            throw broken("the response is not HTTP")
        }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), line[line.index(after: colon)...].trimmingSpace())
        }
        return HTTPHead(status: status, headers: headers)
    }

    private func receiveBody(_ head: HTTPHead) throws -> [UInt8] {
        // The body of a refusal is short, but the header could state any length.
        let size = min(max(0, head.header("Content-Length").flatMap { Int($0) } ?? 0), 1 << 20)
        while received.count < size, try receiveMore() {}
        return Array(received.prefix(size))
    }

    private func carry(_ input: RawInput, _ onBytes: (ArraySlice<UInt8>) throws -> Void) throws {
        var pending: ArraySlice<UInt8> = []
        var source: Int32 = -1
        var isOpen = true
        var file: Int32 = -1
        defer { if file >= 0 { close(file) } }
        switch input {
        case .bytes(let bytes): pending = bytes[...]
        case .open: isOpen = false
        case .descriptor(let number): source = number
        case .file(let path):
            file = open(path, O_RDONLY | O_CLOEXEC)
            if file < 0 { throw SystemError("open \(path)") }
            source = file
        }
        while true {
            // TLS may buffer bytes that the socket no longer shows, so everything is read before waiting.
            while let piece = try receive() {
                if piece.isEmpty { return }
                try onBytes(piece[...])
            }
            if isOpen, pending.isEmpty, source < 0 {
                minke_curl_end_sending(easy)
                isOpen = false
            }
            var isBlocked = false
            if isOpen, !pending.isEmpty {
                let before = pending.count
                isBlocked = !send(&pending)
                if !isBlocked || pending.count < before { continue }
            }
            if try wait(reading: true, writing: isBlocked, source: pending.isEmpty ? source : -1) {
                guard let piece = readSource(source) else { continue }
                if piece.isEmpty { source = -1 }
                pending = piece[...]
            }
        }
    }

    private func readSource(_ source: Int32) -> [UInt8]? {
        var failed = false
        let piece = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            let result = read(source, buffer.baseAddress, buffer.count)
            count = max(0, result)
            failed = result < 0 && (errno == EINTR || errno == EAGAIN)
        }
        return failed ? nil : piece
    }

    /// Sends as many bytes as the connection accepts now; returns false where it accepts none for the moment.
    private func send(_ bytes: inout ArraySlice<UInt8>) -> Bool {
        var sent = 0
        let code = bytes.withUnsafeBytes { curl_easy_send(easy, $0.baseAddress, $0.count, &sent) }
        if code == CURLE_AGAIN { return false }
        // Once the other side reads no more, the rest is dropped; its response is still read.
        bytes = code == CURLE_OK ? bytes.dropFirst(sent) : []
        return true
    }

    /// Receives the bytes that have arrived: empty at the end of the stream, nil where there are none for the moment.
    private func receive() throws -> [UInt8]? {
        var code = CURLE_OK
        let piece = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            code = curl_easy_recv(easy, buffer.baseAddress, buffer.count, &count)
            if code != CURLE_OK { count = 0 }
        }
        if code == CURLE_AGAIN { return nil }
        guard code == CURLE_OK else { throw HTTPFailure(code, subject: request.subject, detail: "") }
        return piece
    }

    private func receiveMore() throws -> Bool {
        while true {
            if let piece = try receive() {
                received += piece
                return !piece.isEmpty
            }
            try wait(reading: true, writing: false)
        }
    }

    /// Waits for the socket or the source; returns true where the source can be read.
    ///
    /// - Throws: `CancellationError`, or `TimedOut` at the request's time limit.
    @discardableResult
    private func wait(reading: Bool, writing: Bool, source: Int32 = -1) throws -> Bool {
        if !reading, !writing { return false }
        var limit: Int32 = -1
        if let deadline {
            limit = Int32(clamping: max(0, Transfer.milliseconds(ContinuousClock.now.duration(to: deadline))))
        }
        let events = (reading ? POLLIN : 0) | (writing ? POLLOUT : 0)
        var wanted = [
            pollfd(fd: socket, events: Int16(events), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: source, events: Int16(POLLIN), revents: 0),
        ]
        let ready = Glibc.poll(&wanted, nfds_t(wanted.count), limit)
        if wanted[1].revents != 0 { throw CancellationError() }
        if ready == 0 || deadline.map({ ContinuousClock.now >= $0 }) == true {
            throw TimedOut("the end of \(request.subject)", after: request.timeLimit ?? .zero)
        }
        return ready > 0 && wanted[2].revents != 0
    }

    private func broken(_ reason: String) -> HTTPFailure {
        HTTPFailure(.broken, subject: request.subject, reason: reason)
    }
}

extension String {
    fileprivate func range(ofScheme mark: String) -> String.Index? {
        var position = startIndex
        while position < endIndex {
            if self[position...].hasPrefix(mark) { return index(position, offsetBy: mark.count) }
            position = index(after: position)
        }
        return nil
    }
}

extension [UInt8] {
    fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return (0...(count - pattern.count)).first { self[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }
}
