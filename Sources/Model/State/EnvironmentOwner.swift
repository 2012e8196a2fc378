/// The state folder that owns an environment: the environment is changed only from there, since the folder keeps its
/// passwords and everything else that is remembered of it.
///
/// The owner is recorded beside the containers, as labels of a volume with a name of its own, which an engine creates
/// only once, however many runs ask for it at the same time.
public struct EnvironmentOwner: Sendable, Hashable {
    /// A random text that the folder keeps.
    public var id: String
    /// The machine that the folder is on.
    public var machine: String
    /// The folder's path on that machine.
    public var folder: String

    /// Creates an owner.
    public init(id: String, machine: String, folder: String) {
        self.id = id
        self.machine = machine
        self.folder = folder
    }

    /// The name of the volume that records the owner.
    public static func volumeName(environment: String) -> String { "minke-\(environment)-owner" }

    /// The value of the label `Labels.role` on the volume.
    public static let role = "owner"

    /// The volume's labels.
    public func labels(environment: String) -> [String: String] {
        [
            Labels.environment: environment, Labels.role: Self.role, Labels.owner: id,
            Labels.ownerMachine: machine, Labels.ownerFolder: folder,
        ]
    }

    /// Reads the owner from a volume's labels; nil where they are not those of an owner.
    public init?(labels: [String: String], environment: String) {
        guard labels[Labels.environment] == environment, labels[Labels.role] == Self.role,
            let id = labels[Labels.owner], let machine = labels[Labels.ownerMachine],
            let folder = labels[Labels.ownerFolder]
        else { return nil }
        self.init(id: id, machine: machine, folder: folder)
    }

    /// Whether this owner gave way to `other` by itself: its folder no longer exists, or was lost and made again.
    ///
    /// - Parameter isThere: whether a folder of this machine has a store, or may have one.
    public func gaveWay(to other: EnvironmentOwner, isThere: (_ folder: String) -> Bool) -> Bool {
        machine == other.machine && (folder == other.folder || !isThere(folder))
    }
}
