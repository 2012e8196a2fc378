/// A folder of keys in an environment's part of the store.
package struct KeyFolder: Sendable {
    /// The folder with a slash at its end.
    package let path: String

    package init(_ name: String) { path = name + "/" }

    /// The key of an entry.
    package subscript(name: String) -> String { path + name }
}

/// All keys of the store: everything that Minke remembers.
///
/// Those of an environment are below `environments/NAME/`; all environments of a state folder share the others.
package enum StateKeys {
    // MARK: Of an environment

    /// The id by which the environment knows its owner.
    package static let owner = "owner"
    /// Secrets by their key, private keys and certificates among them (`tls/`), each with its version.
    package static let secrets = KeyFolder("secrets")
    /// New values of secrets, which the next applied plan puts in place of kept ones.
    package static let replacements = KeyFolder("replacements")
    /// The addresses of members.
    package static let addresses = KeyFolder("addresses")
    /// The manifests of containers, by their ids.
    package static let containers = KeyFolder("containers")
    /// The containers that the engine is known to start again whenever they have ended.
    package static let kept = KeyFolder("kept")
    /// The work that was done, by milestones.
    package static let done = KeyFolder("done")
    /// The volumes with data, by host.
    package static let volumes = KeyFolder("volumes")
    /// The objects of Keystone that were made for a service, by service.
    package static let registered = KeyFolder("registered")
    /// The members that have left and are still listed by a service.
    package static let departed = KeyFolder("departed")
    /// The interfaces of hosts that are on the environment's networks, that Minke has woken, and that it has made.
    package static let attachedInterfaces = KeyFolder("attached-interfaces")
    package static let wokenInterfaces = KeyFolder("woken-interfaces")
    package static let madeInterfaces = KeyFolder("made-interfaces")
    /// The mark of a restore that has not finished.
    package static let restoring = "restoring"
    /// The objects that the demo made in the cloud, and the host keys of its instances.
    package static let demoObjects = KeyFolder("demo/objects")
    package static let demoKeys = KeyFolder("demo/keys")

    // MARK: Of a state folder

    package static func environment(_ name: String) -> KeyFolder { KeyFolder("environments/\(name)") }
    /// The environment that each file described when last brought up, by a digest of the file's path.
    package static let environmentFiles = KeyFolder("environment-files")
    /// The inputs with which an environment had nothing to do.
    package static let nothingToDo = KeyFolder("nothing-to-do")
}
