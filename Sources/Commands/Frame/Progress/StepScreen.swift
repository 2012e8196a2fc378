import System

/// The place where steps are shown, with a clock.
struct StepScreen: Sendable {
    /// Whether lines can be drawn again.
    let isLive: Bool
    let size: @Sendable () -> (rows: Int, columns: Int)
    /// The time since any fixed moment.
    let now: @Sendable () -> Duration
    let write: @Sendable (String) -> Void

    static func standard(_ stream: Terminal.Stream) -> StepScreen {
        let clock = ContinuousClock()
        let start = clock.now
        return StepScreen(
            isLive: Terminal.isTerminal(stream) && environmentVariable("TERM") != "dumb",
            size: { Terminal.size(of: stream) ?? (24, 80) },
            now: { start.duration(to: clock.now) },
            write: { stream == .errors ? printError($0, terminator: "") : printOut($0, terminator: "") })
    }
}
