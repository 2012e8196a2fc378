/// An event of a run of builds, for the observer that shows it.
public enum BuildEvent: Sendable {
    /// The images to build, and the number of those that exist.
    case planned(builds: [String], present: Int)
    case started(String)
    /// A piece, of any size, of the output of an image's build.
    case output(String, String)
    case built(String, seconds: Double, bytes: Int)
    case failed(BuildFailure)
    case skipped(String, because: String)
    /// A message that concerns no image in particular.
    case note(String)
}

/// Shows a run of builds; called from several threads.
public protocol BuildObserver: Sendable {
    func observe(_ event: BuildEvent)
    /// Called once, after the last event.
    func finish()
}

/// An observer that shows nothing.
public struct SilentObserver: BuildObserver {
    public init() {}
    public func observe(_ event: BuildEvent) {}
    public func finish() {}
}
