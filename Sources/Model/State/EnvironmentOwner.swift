/// The state folder that an environment belongs to: only from there is it changed, since what is remembered of it, its
/// passwords above all, is in that folder.
///
/// It stands where the containers are: as labels of a volume with a name of its own, which an engine makes once,
/// however many ask for it at the same time.
public struct EnvironmentOwner: Sendable, Hashable {
    /// A random text that the folder keeps.
    public var id: String
    /// The machine that the folder is on.
    public var machine: String
    public var folder: String

    public init(id: String, machine: String, folder: String) {
        self.id = id
        self.machine = machine
        self.folder = folder
    }

    /// The name of the volume.
    public static func volumeName(environment: String) -> String { "minke-\(environment)-owner" }

    /// What the volume has in its label `Labels.role`.
    public static let role = "owner"

    /// The volume's labels.
    public func labels(environment: String) -> [String: String] {
        [
            Labels.environment: environment, Labels.role: Self.role, Labels.owner: id,
            Labels.ownerMachine: machine, Labels.ownerFolder: folder,
        ]
    }

    /// Reads a volume's labels; nil where they are not of an owner.
    public init?(labels: [String: String], environment: String) {
        guard labels[Labels.environment] == environment, labels[Labels.role] == Self.role,
            let id = labels[Labels.owner], let machine = labels[Labels.ownerMachine],
            let folder = labels[Labels.ownerFolder]
        else { return nil }
        self.init(id: id, machine: machine, folder: folder)
    }

    /// Whether this owner gave way to `other` by itself: its folder is no more, or was lost and made again.
    ///
    /// - Parameter isThere: whether there is a store in a folder of this machine, or may be one.
    public func gaveWay(to other: EnvironmentOwner, isThere: (_ folder: String) -> Bool) -> Bool {
        machine == other.machine && (folder == other.folder || !isThere(folder))
    }
}
