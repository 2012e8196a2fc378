/// A time limit passed before what was waited for had come.
public struct TimedOut: Error, Sendable, CustomStringConvertible {
    /// What was waited for, in words that follow "waited for".
    public let subject: String
    public let limit: Duration
    /// What the last try failed with.
    public let lastFailure: String?

    public init(_ subject: String, after limit: Duration, lastFailure: String? = nil) {
        self.subject = subject
        self.limit = limit
        self.lastFailure = lastFailure
    }

    public var description: String {
        let seconds = limit.components.seconds
        let length = seconds > 0 ? "\(seconds) s" : "\(limit.components.attoseconds / 1_000_000_000_000_000) ms"
        return "waited for \(subject) for \(length) in vain" + (lastFailure.map { ": \($0)" } ?? "")
    }
}
