import Glibc
import Synchronization

/// A writer of tar archives, piece by piece: POSIX ustar, with pax headers for values that do not fit (IEEE Std 1003.1,
/// pax).
///
/// The same members give the same bytes.
public final class TarWriter: Sendable {
    private struct State {
        var entries: ArraySlice<TarEntry>
        var file: Descriptor?
        var path = ""
        var left = 0
        var padding = 0
        var isFinished = false
    }

    private let state: Mutex<State>
    private static let pieceSize = 1 << 18

    /// Creates a writer of an archive with these members, in this order.
    public init(_ entries: [TarEntry]) {
        state = Mutex(State(entries: entries[...]))
    }

    /// Encodes a whole archive in memory.
    public static func bytes(_ entries: [TarEntry]) throws -> [UInt8] {
        let writer = TarWriter(entries)
        var bytes: [UInt8] = []
        while let piece = try writer.next() { bytes += piece }
        return bytes
    }

    /// Returns the next piece, of about 256 KiB; nil after the last.
    ///
    /// - Throws: `SystemError` if a file cannot be read, `TarError` if one has become shorter.
    public func next() throws -> [UInt8]? {
        try state.withLock { state in
            var piece: [UInt8] = []
            while piece.count < Self.pieceSize, try Self.advance(&state, &piece) {}
            return piece.isEmpty ? nil : piece
        }
    }

    /// Appends the next part of the archive; returns false at its end.
    private static func advance(_ state: inout State, _ piece: inout [UInt8]) throws -> Bool {
        if state.file != nil {
            try copyFile(&state, &piece)
            return true
        }
        guard let entry = state.entries.popFirst() else {
            if state.isFinished { return false }
            piece += [UInt8](repeating: 0, count: 1024)
            state.isFinished = true
            return false
        }
        piece += try TarHeader.bytes(of: entry)
        guard case .file(let content) = entry.kind else { return true }
        switch content {
        case .bytes(let bytes):
            piece += bytes
            piece += [UInt8](repeating: 0, count: TarHeader.padding(bytes.count))
        case .file(let path, let size):
            let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
            guard file.number >= 0 else { throw SystemError("read \(path)") }
            state.file = file
            state.path = path
            state.left = size
            state.padding = TarHeader.padding(size)
        }
        return true
    }

    private static func copyFile(_ state: inout State, _ piece: inout [UInt8]) throws {
        guard let file = state.file else { return }
        if state.left == 0 {
            piece += [UInt8](repeating: 0, count: state.padding)
            state.file = nil
            return
        }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: min(pieceSize, state.left)) { buffer, count in
            let result = read(file.number, buffer.baseAddress, buffer.count)
            count = max(0, result)
            if result < 0 { code = errno }
        }
        if code == EINTR { return }
        if code != 0 { throw SystemError("read \(state.path)", code: code) }
        if bytes.isEmpty { throw TarError("\(state.path) became shorter while it was read") }
        piece += bytes
        state.left -= bytes.count
    }
}
