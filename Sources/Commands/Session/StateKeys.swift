/// A folder of keys in an environment's part of the store.
struct KeyFolder: Sendable {
    /// The folder with a slash at its end.
    let path: String

    init(_ name: String) { path = name + "/" }

    /// The key of an entry.
    subscript(name: String) -> String { path + name }
}

/// All keys of the store: everything that Minke remembers.
///
/// Those of an environment are below `environments/NAME/`; all environments of a state folder share the others.
enum StateKeys {
    // MARK: Of an environment

    /// The id by which the environment knows its owner.
    static let owner = "owner"
    /// Secrets by their key, private keys and certificates among them (`tls/`), each with its version.
    static let secrets = KeyFolder("secrets")
    /// Secrets that the next run which applies a plan puts in place of kept ones.
    static let replacements = KeyFolder("replacements")
    /// The addresses of members.
    static let addresses = KeyFolder("addresses")
    /// The manifests of containers, by their ids.
    static let containers = KeyFolder("containers")
    /// The containers that the engine is known to start again whenever they have ended.
    static let kept = KeyFolder("kept")
    /// The work that was done, by milestones.
    static let done = KeyFolder("done")
    /// The volumes that were seen, by host.
    static let volumes = KeyFolder("volumes")
    /// The objects of Keystone that were made for a service, by service.
    static let registered = KeyFolder("registered")
    /// The members that have left and are still listed by a service.
    static let departed = KeyFolder("departed")
    /// The interfaces of hosts that are on the environment's networks, that Minke has woken, and that it has made.
    static let attachedInterfaces = KeyFolder("attached-interfaces")
    static let wokenInterfaces = KeyFolder("woken-interfaces")
    static let madeInterfaces = KeyFolder("made-interfaces")
    /// The mark of a restore that has not finished.
    static let restoring = "restoring"
    /// The objects that the demo made in the cloud, and the host keys of its instances.
    static let demoObjects = KeyFolder("demo/objects")
    static let demoKeys = KeyFolder("demo/keys")

    // MARK: Of a state folder

    static func environment(_ name: String) -> KeyFolder { KeyFolder("environments/\(name)") }
    /// The file that an environment was last read from, by file.
    static let environmentFiles = KeyFolder("environment-files")
    /// The inputs with which an environment had nothing to do.
    static let nothingToDo = KeyFolder("nothing-to-do")
}
