import Synchronization

/// Bytes collected from another thread.
final class Seen: Sendable {
    private let collected = Mutex<[UInt8]>([])

    func append(_ piece: [UInt8]) { collected.withLock { $0 += piece } }

    var bytes: [UInt8] { collected.withLock { $0 } }
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
