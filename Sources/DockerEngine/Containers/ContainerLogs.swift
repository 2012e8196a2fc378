import HTTP
import Model

/// A piece of the output of a container or of a program in it.
public struct OutputChunk: Sendable, Hashable {
    /// The stream that a piece comes from: standard output or standard error.
    public enum Channel: Sendable, Hashable {
        case output, errors
    }

    /// The stream.
    public let channel: Channel
    /// The bytes, which may end within a character.
    public let bytes: [UInt8]

    /// The bytes as UTF-8, with invalid ones replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The wanted part of a log.
public struct LogSelection: Sendable, Hashable {
    /// The number of lines from the end; nil for all.
    public var tail: Int?
    /// The start, in seconds since 1970 or in RFC 3339; nil for the beginning of the log.
    public var since: String?
    /// The end, in the same form; nil for none.
    public var until: String?
    /// Whether each line begins with its time.
    public var timestamps = false

    /// Creates a selection; without arguments, the whole log.
    public init(tail: Int? = nil, since: String? = nil, until: String? = nil, timestamps: Bool = false) {
        self.tail = tail
        self.since = since
        self.until = until
        self.timestamps = timestamps
    }

    func query(follow: Bool) -> [(String, String)] {
        var pairs = [("stdout", "1"), ("stderr", "1"), ("follow", follow ? "1" : "0")]
        pairs.append(("tail", tail.map { String($0) } ?? "all"))
        pairs.append(("timestamps", timestamps ? "1" : "0"))
        if let since { pairs.append(("since", since)) }
        if let until { pairs.append(("until", until)) }
        return pairs
    }
}

extension Engine {
    /// Reads a container's log so far.
    public func logs(
        of container: String, _ selection: LogSelection = LogSelection()
    ) async throws -> [OutputChunk] {
        let what = "read the log of container \(container)"
        let response = try await call(
            what, "GET", "\(path(container))/logs", query: selection.query(follow: false), limit: nil)
        var demultiplexer = try await demultiplexer(for: container, response.head)
        return demultiplexer.add(response.body[...])
    }

    /// Reads a container's log so far, then follows it until the container ends or the stream is no longer read.
    public func followLogs(
        of container: String, _ selection: LogSelection = LogSelection()
    ) async throws -> AsyncThrowingStream<OutputChunk, any Error> {
        let what = "follow the log of container \(container)"
        // Engines before 23 do not say in the response which of the two formats follows.
        var demultiplexer = Demultiplexer(isRaw: try await inspectContainer(container).hasTerminal)
        let pieces = try await open(
            what, "GET", "\(path(container))/logs", query: selection.query(follow: true))
        return pieces.transformed { demultiplexer.add($0[...]) }
    }

    private func demultiplexer(for container: String, _ head: HTTPHead) async throws -> Demultiplexer {
        switch head.header("Content-Type") {
        case "application/vnd.docker.multiplexed-stream"?: Demultiplexer(isRaw: false)
        case "application/vnd.docker.raw-stream"? where try await apiVersion() >= APIVersion(1, 42):
            Demultiplexer(isRaw: true)
        default: Demultiplexer(isRaw: try await inspectContainer(container).hasTerminal)
        }
    }
}

/// A demultiplexer of the engine's stream of frames (a channel's number, three zeros, four bytes of big-endian length,
/// the bytes) into chunks.
struct Demultiplexer {
    private let isRaw: Bool
    private var rest: [UInt8] = []

    init(isRaw: Bool) { self.isRaw = isRaw }

    mutating func add(_ piece: ArraySlice<UInt8>) -> [OutputChunk] {
        if isRaw { return piece.isEmpty ? [] : [OutputChunk(channel: .output, bytes: Array(piece))] }
        rest += piece
        var chunks: [OutputChunk] = []
        var start = 0
        while rest.count - start >= 8 {
            let length = rest[(start + 4)..<(start + 8)].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard rest.count >= end else { break }
            let channel: OutputChunk.Channel = rest[start] == 2 ? .errors : .output
            if length > 0 { chunks.append(OutputChunk(channel: channel, bytes: Array(rest[(start + 8)..<end]))) }
            start = end
        }
        rest.removeFirst(start)
        return chunks
    }
}
