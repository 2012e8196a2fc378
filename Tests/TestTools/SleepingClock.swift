import Synchronization

/// A clock whose time passes by sleeping only, which takes no time: what waits by it does not depend on the machine.
public final class SleepingClock: Clock {
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

    public init() {}

    /// How long each sleep was to take.
    public var pauses: [Duration] { slept.withLock { $0 } }
    public var now: Instant { Instant(offset: pauses.reduce(.zero, +)) }

    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let pause = now.duration(to: deadline)
        slept.withLock { $0.append(pause) }
        await Task.yield()
    }
}
