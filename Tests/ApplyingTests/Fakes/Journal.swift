import System

/// The deeds of a trial's fakes, one line each, in their order.
final class Journal: Sendable {
    private let all = Locked<[String]>([])

    var lines: [String] { all.value }

    func add(_ line: String) { all.withLock { $0.append(line) } }
}
