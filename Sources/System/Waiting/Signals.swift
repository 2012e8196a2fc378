import Glibc

/// A signal that asks the program to stop.
public enum StopSignal: Int32, Sendable {
    case interrupt = 2
    case terminate = 15

    /// The exit status that shells expect of a program that the signal ended: 128 plus its number.
    public var exitStatus: Int32 { 128 + rawValue }
}

/// A stream of the SIGINT and SIGTERM signals that arrive from now on. Until it ends, they do not end the program.
public func stopSignals() -> AsyncStream<StopSignal> {
    let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self)
    let key = SignalForwarder.shared.subscribe([SIGINT, SIGTERM]) { number in
        if let signal = StopSignal(rawValue: number) { continuation.yield(signal) }
    }
    continuation.onTermination = { _ in SignalForwarder.shared.unsubscribe(key) }
    return stream
}

/// A stream of the terminal's size, now and after each change; empty if the standard output is not a terminal.
public func terminalSizes() -> AsyncStream<(rows: Int, columns: Int)> {
    let (stream, continuation) = AsyncStream.makeStream(of: (rows: Int, columns: Int).self)
    let key = SignalForwarder.shared.subscribe([SIGWINCH]) { _ in
        if let size = Terminal.size() { continuation.yield(size) }
    }
    continuation.onTermination = { _ in SignalForwarder.shared.unsubscribe(key) }
    if let size = Terminal.size() { continuation.yield(size) }
    return stream
}
