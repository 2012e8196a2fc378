import System

/// The output of a step display, with its clock.
package struct StepScreen: Sendable {
    /// Whether lines can be redrawn.
    package let isLive: Bool
    package let size: @Sendable () -> (rows: Int, columns: Int)
    /// The time since some fixed point.
    package let now: @Sendable () -> Duration
    package let write: @Sendable (String) -> Void

    package init(
        isLive: Bool, size: @escaping @Sendable () -> (rows: Int, columns: Int),
        now: @escaping @Sendable () -> Duration, write: @escaping @Sendable (String) -> Void
    ) {
        self.isLive = isLive
        self.size = size
        self.now = now
        self.write = write
    }

    /// The screen of a standard stream, with its size at each moment.
    package static func of(_ stream: Terminal.Stream) -> StepScreen {
        let clock = ContinuousClock()
        let start = clock.now
        return StepScreen(
            isLive: Terminal.isTerminal(stream) && environmentVariable("TERM") != "dumb",
            size: { Terminal.size(of: stream) ?? (24, 80) },
            now: { start.duration(to: clock.now) },
            write: { stream == .errors ? printError($0, terminator: "") : printOut($0, terminator: "") })
    }
}
