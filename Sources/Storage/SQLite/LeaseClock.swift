import Glibc
import System

/// The clock of leases: the time since the host was started, on which all processes of the host agree. Setting the
/// host's clock does not change it. Leases of an earlier start of the host have lapsed.
struct LeaseClock: Sendable {
    /// A name of the host's current start.
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
