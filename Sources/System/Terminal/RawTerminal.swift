import Glibc

/// Runs `body` with the terminal in raw mode, in which every key reaches the program at once, and restores the mode
/// afterwards.
///
/// - Throws: `SystemError` if the standard input is not a terminal.
public func withRawTerminal<T: Sendable>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
) async throws -> T {
    var saved = termios()
    guard tcgetattr(STDIN_FILENO, &saved) == 0 else { throw SystemError("read the terminal's settings") }
    var raw = saved
    cfmakeraw(&raw)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { throw SystemError("change the terminal's settings") }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &saved) }
    return try await body()
}
