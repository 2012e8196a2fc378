import Synchronization

/// Output collected from another thread.
final class Seen: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func append(_ piece: [UInt8]) { bytes.withLock { $0 += piece } }

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}
