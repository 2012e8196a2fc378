import Model

/// The error of a wait whose time limit has passed.
public struct TimedOut: Error, Sendable, CustomStringConvertible {
    /// The awaited event, in words that follow "waiting for".
    public let subject: String
    /// The time that has passed.
    public let limit: Duration
    /// The error of the last try; nil if that had none.
    public let lastFailure: String?

    /// Creates an error; `subject` follows "waiting for".
    public init(_ subject: String, after limit: Duration, lastFailure: String? = nil) {
        self.subject = subject
        self.limit = limit
        self.lastFailure = lastFailure
    }

    /// The time that has passed in seconds or milliseconds, the awaited event, and the last failure if there was one.
    public var description: String {
        let milliseconds = limit.milliseconds
        let length =
            milliseconds % 1000 == 0
            ? "\(milliseconds / 1000) s" : milliseconds < 1000 ? "\(milliseconds) ms" : "\(limit.seconds) s"
        return "timed out after \(length) waiting for \(subject)" + (lastFailure.map { ": \($0)" } ?? "")
    }
}
