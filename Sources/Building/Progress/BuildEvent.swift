/// An event of a run of builds, for its observer.
public enum BuildEvent: Sendable {
    /// The recipes of the images to build, and the number of images that exist.
    case planned(builds: [String], present: Int)
    case started(String)
    /// A piece, of any size, of the output of a recipe's build.
    case output(String, String)
    case built(String, seconds: Double, bytes: Int)
    case failed(BuildFailure)
    case skipped(String, because: String)
    /// A message that concerns no image in particular.
    case note(String)
}

/// An observer of a run of builds, called from several threads.
public protocol BuildObserver: Sendable {
    /// Called for each event.
    func observe(_ event: BuildEvent)
    /// Called once, after the last event.
    func finish()
}

/// An observer that shows nothing.
public struct SilentObserver: BuildObserver {
    /// Creates an observer.
    public init() {}
    /// Ignores the event.
    public func observe(_ event: BuildEvent) {}
    /// Does nothing.
    public func finish() {}
}
