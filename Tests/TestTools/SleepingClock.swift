import Synchronization

/// A clock whose time passes only by sleeping, which takes no real time. Waits by it do not depend on the machine's
/// speed.
public final class SleepingClock: Clock {
    /// A point in time, by the sum of all sleeps before it.
    public struct Instant: InstantProtocol {
        public typealias Duration = Swift.Duration

        var offset = Duration.zero

        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        public static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    public typealias Duration = Swift.Duration

    private let slept = Mutex<[Duration]>([])
    public let minimumResolution = Duration.zero

    /// Creates a clock at its start.
    public init() {}

    /// The lengths of all sleeps, in order.
    public var pauses: [Duration] { slept.withLock { $0 } }
    public var now: Instant { Instant(offset: pauses.reduce(.zero, +)) }

    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let pause = now.duration(to: deadline)
        slept.withLock { $0.append(pause) }
        await Task.yield()
    }
}
