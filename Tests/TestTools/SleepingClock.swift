import Synchronization

/// A clock whose time passes only by sleeping, which takes no real time. Waits by it do not depend on the machine's
/// speed.
public final class SleepingClock: Clock {
    /// A point in time, by the sum of all sleeps before it.
    public struct Instant: InstantProtocol {
        /// The length of a sleep.
        public typealias Duration = Swift.Duration

        var offset = Duration.zero

        /// Returns the point that is reached by sleeping for so long.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// Returns the sleep between this point and another, which is negative where the other comes before.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Compares the sums of sleeps.
        public static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    /// The length of a sleep.
    public typealias Duration = Swift.Duration

    private let slept = Mutex<[Duration]>([])
    /// No resolution: every sleep counts exactly.
    public let minimumResolution = Duration.zero

    /// Creates a clock at its start.
    public init() {}

    /// The lengths of all sleeps, in order.
    public var pauses: [Duration] { slept.withLock { $0 } }
    /// The sum of all sleeps so far.
    public var now: Instant { Instant(offset: pauses.reduce(.zero, +)) }

    /// Adds the time until the deadline to the sleeps and returns at once; throws where the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let pause = now.duration(to: deadline)
        slept.withLock { $0.append(pause) }
        await Task.yield()
    }
}
