import Glibc
import System

/// The clock that leases run by: time since the host was started, so that setting the host's clock ends no lease early
/// and keeps none too long, and all processes of the host agree. Leases of an earlier start have lapsed.
struct LeaseClock: Sendable {
    /// Names one start of the host.
    var boot: @Sendable () -> String
    /// Milliseconds since that start, time asleep included.
    var now: @Sendable () -> Int

    static let host = LeaseClock(
        boot: { hostBoot },
        now: {
            var time = timespec()
            clock_gettime(CLOCK_BOOTTIME, &time)
            return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
        })

    private static let hostBoot = (try? Files.readText("/proc/sys/kernel/random/boot_id")) ?? ""
}
