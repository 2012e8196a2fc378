/// What happens in a run of builds, for whoever shows it.
public enum BuildEvent: Sendable {
    /// What is to be done.
    case planned(builds: [String], present: Int)
    case started(String)
    /// Text that a build wrote, in pieces of any size.
    case output(String, String)
    case built(String, seconds: Double, bytes: Int)
    case failed(BuildFailure)
    case skipped(String, because: String)
    /// Something that is not about one image.
    case note(String)
}

/// Shows a run of builds; it is called from several threads.
public protocol BuildObserver: Sendable {
    func observe(_ event: BuildEvent)
    /// Called once, when nothing more comes.
    func finish()
}

/// Shows nothing.
public struct SilentObserver: BuildObserver {
    public init() {}
    public func observe(_ event: BuildEvent) {}
    public func finish() {}
}
