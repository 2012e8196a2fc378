import Model
import Templates

/// A further process of each member of a service, in a container of its own beside the member's: of the same image, as
/// the same user, with the same volumes, in the member's network and process namespaces.
public struct SidecarRecipe: Sendable {
    /// The name, unique among the sidecars and jobs of its service.
    public var name: String
    /// The program and its arguments.
    public var command: [String]
    /// The paths of the member's files that it has; nil for all. Those that are only for it come beside them.
    public var files: [String]?
    /// The limit of memory; nil for the member's.
    public var memory: ByteCount?
    /// The time between the stop signal and the kill; nil for the member's.
    public var grace: Duration?
    /// The stop signal without `SIG`; nil for the member's.
    public var stopSignal: String?
    /// The health probe, which runs in the container; nil where a running sidecar counts as healthy.
    public var probe: ProbeRecipe?
    /// The way in which it takes changed files while it runs; nil where it must restart.
    public var reload: ReloadMethod?
    /// A condition: members have no such sidecar where it renders to false or an empty text.
    public var condition: Template?

    /// Creates a sidecar with all files of its member, and without a probe.
    public init(name: String, command: [String]) {
        self.name = name
        self.command = command
    }
}

extension ServiceRecipe {
    /// The names that a file's `for` may have.
    public var receivers: [String] { jobs.map(\.name) + sidecars.map(\.name) }
}

extension SidecarRecipe {
    /// Whether the sidecar has a file.
    public func has(_ file: FileRecipe) -> Bool {
        if let receivers = file.receivers { return receivers.contains(name) }
        return files?.contains(file.path) ?? true
    }
}
