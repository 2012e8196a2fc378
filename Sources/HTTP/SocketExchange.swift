import Glibc
import Model
import System

/// A request over a unix socket and its response, in HTTP/1.1, without libcurl: its thirty libraries take longer to be
/// loaded than an engine on this host takes to answer. Used by one thread.
final class SocketExchange {
    private let request: HTTPRequest
    private let path: String
    private let deadline: ContinuousClock.Instant?
    private var channel: SocketChannel
    private var isReused: Bool
    private var outgoing: ArraySlice<UInt8> = []
    /// Where a body that is not known whole goes on.
    private var isBodySent = true
    private var reader: ResponseReader

    /// Sends the request, or as much of it as is taken at once, over an idle connection or a new one.
    init(_ request: HTTPRequest, path: String, idle: SocketChannel? = nil) throws {
        self.request = request
        self.path = path
        deadline = request.timeLimit.map { ContinuousClock.now + $0 }
        reader = ResponseReader(method: request.method)
        // A body that comes once cannot be sent again after an old connection turned out to be closed.
        var usable = idle
        if case .pieces = request.body { usable = nil }
        if let known = usable, !known.isQuiet { usable = nil }
        isReused = usable != nil
        channel = try usable ?? SocketChannel(path: path, request: request)
        begin()
    }

    /// Waits for the response, and gives the connection back where it can be used again.
    func finish(
        stop: Wakeup? = nil, onHead: ((HTTPHead) -> Void)? = nil, onBody: (([UInt8]) throws -> Void)? = nil
    ) throws -> (response: HTTPResponse, connection: SocketChannel?) {
        var isHeadTold = false
        while true {
            if let head = reader.head {
                if !isHeadTold { onHead?(head) }
                isHeadTold = true
                if head.isSuccess, let onBody, !reader.body.isEmpty {
                    let piece = reader.body
                    reader.body = []
                    try onBody(piece)
                }
                if reader.isComplete {
                    let isSent = outgoing.isEmpty && isBodySent
                    return (
                        HTTPResponse(head: head, body: reader.body),
                        isSent && reader.keepsConnection ? channel : nil
                    )
                }
                // Who refuses a request need not read the rest of it.
                if head.status >= 400 { (outgoing, isBodySent) = ([], true) }
            }
            if outgoing.isEmpty, !isBodySent { try takePiece() }
            if try wait(stop) { try receive() }
            send()
        }
    }

    /// Writes the head and what is known of the body.
    private func begin() {
        let (host, target) = request.target
        var text = "\(request.method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for header in request.headers { text += "\(header.name): \(header.value)\r\n" }
        switch request.body {
        case .none:
            if ["POST", "PUT", "PATCH"].contains(request.method) { text += "Content-Length: 0\r\n" }
            outgoing = Array((text + "\r\n").utf8)[...]
        case .bytes(let bytes):
            outgoing = (Array("\(text)Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes)[...]
        case .pieces(let size, _):
            text += size.map { "Content-Length: \($0)\r\n" } ?? "Transfer-Encoding: chunked\r\n"
            outgoing = Array((text + "\r\n").utf8)[...]
            isBodySent = false
        }
        send()
    }

    private func takePiece() throws {
        guard case .pieces(let size, let next) = request.body else { return }
        let piece = try next()
        if size != nil {
            outgoing = (piece ?? [])[...]
        } else if let piece {
            // An empty chunk would be the end.
            if piece.isEmpty { return }
            outgoing = (Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8))[...]
        } else {
            outgoing = Array("0\r\n\r\n".utf8)[...]
        }
        isBodySent = piece == nil
    }

    private func send() {
        while !outgoing.isEmpty {
            guard let count = outgoing.withUnsafeBytes({ channel.send($0) }) else {
                // Its answer is still read: it says why.
                (outgoing, isBodySent) = ([], true)
                return
            }
            if count == 0 { return }
            outgoing = outgoing.dropFirst(count)
        }
    }

    private func receive() throws {
        do {
            try withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
                guard let count = try channel.receive(into: buffer) else { return }
                if count > 0 {
                    try reader.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                } else {
                    try reader.takeEnd()
                }
            }
        } catch {
            // The other side may have closed an idle connection just when it was used again.
            if isReused, !reader.hasBegun {
                isReused = false
                channel = try SocketChannel(path: path, request: request)
                return begin()
            }
            guard let malformed = error as? ResponseReader.Malformed else { throw error }
            throw HTTPFailure(
                .broken, subject: "\(request.subject) at unix://\(path)", reason: malformed.reason)
        }
    }

    /// Waits until something can be read or sent; true for the former.
    private func wait(_ stop: Wakeup?) throws -> Bool {
        var limit: Int32 = -1
        if let deadline {
            limit = Int32(clamping: Transfer.milliseconds(ContinuousClock.now.duration(to: deadline)))
        }
        let events = POLLIN | (outgoing.isEmpty && isBodySent ? 0 : POLLOUT)
        var wanted = (
            pollfd(fd: channel.descriptor, events: Int16(events), revents: 0),
            pollfd(fd: stop?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        )
        let ready = withUnsafeMutableBytes(of: &wanted) {
            Glibc.poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 2, limit)
        }
        if wanted.1.revents != 0 { throw CancellationError() }
        if ready == 0 || (ready < 0 && deadline.map { ContinuousClock.now >= $0 } == true) {
            throw TimedOut("the answer to \(request.subject)", after: request.timeLimit ?? .zero)
        }
        return ready > 0 && wanted.0.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0
    }
}

extension HTTPRequest {
    /// The URL's host, and its path with the query.
    var target: (host: Substring, path: Substring) {
        let url = self.url[...]
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let host = url[start...].prefix { $0 != "/" }
        let path = url[host.endIndex...]
        return (host, path.isEmpty ? "/" : path)
    }
}
