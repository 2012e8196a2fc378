/// Takes a response apart as its bytes come (RFC 9112): its head, and its body by length, in chunks, or to the end.
struct ResponseReader {
    private enum State {
        case head
        /// So many bytes of the body are left, or all until the end.
        case body(left: Int?)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailer
        case complete
    }

    private(set) var head: HTTPHead?
    /// What has come of the body; whoever hands it on empties it.
    var body: [UInt8] = []
    private var state = State.head
    /// The head, or the line between chunks, that is not whole yet.
    private var partial: [UInt8] = []
    private let expectsBody: Bool

    /// A response to HEAD has no body, whatever its head says.
    init(method: String) { expectsBody = method != "HEAD" }

    var isComplete: Bool { if case .complete = state { true } else { false } }

    /// Whether a connection may be used again after the response.
    var keepsConnection: Bool {
        guard isComplete, let head, head.status != 101 else { return false }
        return head.header("Connection")?.lowercased() != "close"
    }

    /// Whether anything has come.
    var hasBegun: Bool { head != nil || !partial.isEmpty }

    /// Takes bytes. Throws a `Malformed` where they are no response.
    mutating func take(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch state {
            case .head: try takeHead(&rest)
            case .body(nil):
                body += rest
                return
            case .body(let left?): state = takeBody(&rest, left).map { .body(left: $0) } ?? .complete
            case .chunk(let left): state = takeBody(&rest, left).map { .chunk(left: $0) } ?? .chunkEnd
            case .chunkSize:
                guard let line = takeLine(&rest) else { return }
                let digits = line.prefix { $0 != ";" && $0 != " " }
                guard let size = Int(digits, radix: 16), size >= 0 else {
                    throw Malformed("a chunk's size is \"\(line)\"")
                }
                state = size == 0 ? .trailer : .chunk(left: size)
            case .chunkEnd:
                guard let line = takeLine(&rest) else { return }
                guard line.isEmpty else { throw Malformed("a chunk is longer than it says") }
                state = .chunkSize
            case .trailer:
                guard let line = takeLine(&rest) else { return }
                if line.isEmpty { state = .complete }
            case .complete: throw Malformed("more came than the response says")
            }
        }
    }

    /// Takes the end of the connection. Throws where the response was not whole.
    mutating func takeEnd() throws {
        switch state {
        case .body(nil), .complete: state = .complete
        case .head where partial.isEmpty: throw Malformed("the connection ended before a response")
        default: throw Malformed("the connection ended within the response")
        }
    }

    private mutating func takeHead(_ rest: inout Slice<UnsafeRawBufferPointer>) throws {
        // The end may be divided between what came before and this.
        for (offset, byte) in rest.enumerated() {
            partial.append(byte)
            guard byte == UInt8(ascii: "\n"), partial.suffix(4).elementsEqual("\r\n\r\n".utf8) else { continue }
            rest = rest.dropFirst(offset + 1)
            let found = try HTTPHead(parsing: partial)
            partial = []
            // An interim response, such as 100, comes before the one that counts.
            if (100..<200).contains(found.status), found.status != 101 { return }
            head = found
            state = try bodyState(of: found)
            return
        }
        rest = rest.dropFirst(rest.count)
        if partial.count > 1 << 20 { throw Malformed("the response's headers do not end") }
    }

    private func bodyState(of head: HTTPHead) throws -> State {
        if !expectsBody || head.status == 101 || head.status == 204 || head.status == 304 { return .complete }
        if head.header("Transfer-Encoding")?.lowercased().hasSuffix("chunked") == true { return .chunkSize }
        guard let text = head.header("Content-Length") else { return .body(left: nil) }
        guard let size = Int(text), size >= 0 else { throw Malformed("the response's length is \"\(text)\"") }
        return size == 0 ? .complete : .body(left: size)
    }

    /// Takes up to `left` bytes of the body, and tells how many are still to come, nil for none.
    private mutating func takeBody(_ rest: inout Slice<UnsafeRawBufferPointer>, _ left: Int) -> Int? {
        let piece = rest.prefix(left)
        body += piece
        rest = rest.dropFirst(piece.count)
        return left == piece.count ? nil : left - piece.count
    }

    private mutating func takeLine(_ rest: inout Slice<UnsafeRawBufferPointer>) -> String? {
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\n") {
                if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
                defer { partial = [] }
                return String(decoding: partial, as: UTF8.self)
            }
            partial.append(byte)
        }
        return nil
    }

    /// What is wrong with bytes that should be a response.
    struct Malformed: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }
}

extension HTTPHead {
    /// Reads a status line and headers, with the empty line behind them or without.
    init(parsing bytes: some Collection<UInt8>) throws(ResponseReader.Malformed) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let words = lines.first?.split(separator: UInt8(ascii: " "), maxSplits: 2) ?? []
        guard words.count >= 2, words[0].starts(with: "HTTP/".utf8),
            let status = Int(String(decoding: words[1], as: UTF8.self).trimmingSpace())
        else { throw ResponseReader.Malformed("what came is no HTTP response") }
        self.init(
            status: status,
            headers: lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
                let name = String(decoding: line[..<colon], as: UTF8.self)
                return (name, String(decoding: line[line.index(after: colon)...], as: UTF8.self).trimmingSpace())
            })
    }
}
