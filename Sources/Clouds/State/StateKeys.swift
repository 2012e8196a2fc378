import Applying
import Model
import Planning

/// A key of an entry in the store, with the type of the entry's value.
package struct StateKey<Record>: Sendable, Hashable {
    /// The key's path; an environment's keys are below `StateKeys.environment`.
    package let path: String

    fileprivate init(_ path: String) { self.path = path }
}

/// A folder of keys whose values are of one type.
package struct KeyFolder<Record>: Sendable, Hashable {
    /// The folder with a slash at its end.
    package let path: String

    fileprivate init(_ name: String) { path = name + "/" }

    /// The key of an entry.
    package subscript(name: String) -> StateKey<Record> { StateKey(path + name) }
}

/// All keys of the store: everything that Minke remembers.
///
/// Those of an environment are below `environments/NAME/`; all environments of a state folder share the others.
package enum StateKeys {
    // MARK: Of an environment

    /// The path above an environment's keys, with a slash at its end.
    package static func environment(_ name: String) -> String { "environments/\(name)/" }

    /// The id by which the environment knows its owner.
    package static let owner = StateKey<String>("owner")
    /// Secrets by their name, private keys and certificates among them, each with its version.
    package static let secrets = KeyFolder<SecretRecord>("secrets")
    /// New values of secrets, which the next applied plan puts in place of kept ones.
    package static let replacements = KeyFolder<SecretRecord>("replacements")
    /// The addresses of members.
    package static let addresses = KeyFolder<[IPv4Address]>("addresses")
    /// The manifests of containers, by their ids.
    package static let containers = KeyFolder<Manifest>("containers")
    /// The containers that the engine is known to start again whenever they have ended.
    package static let kept = KeyFolder<Bool>("kept")
    /// The work that was done, by milestones.
    package static let done = KeyFolder<DoneRecord>("done")
    /// The volumes with data that were seen, below `volumes/HOST`.
    package static let volumes = KeyFolder<VolumeRecord>("volumes")
    /// The names of the objects that were made in Keystone, by their paths below `registered/SERVICE`.
    package static let registered = KeyFolder<String>("registered")
    /// The members that have left and are still listed by a service.
    package static let departed = KeyFolder<DepartureRecord>("departed")
    /// The networks of the interfaces of this host that were put on one.
    package static let attachedInterfaces = KeyFolder<String>("attached-interfaces")
    /// The interfaces of this host that were down before the environment had them.
    package static let wokenInterfaces = KeyFolder<Bool>("woken-interfaces")
    /// The pairs of interfaces that were made on this host.
    package static let madeInterfaces = KeyFolder<Bool>("made-interfaces")
    /// The archive of a restore that has not finished.
    package static let restoring = StateKey<String>("restoring")
    /// The objects that the demo made in the cloud, below `demo/objects/KIND`.
    package static let demoObjects = KeyFolder<[String: String]>("demo/objects")
    /// The host keys of the demo's instances, as `TYPE BASE64`.
    package static let demoKeys = KeyFolder<[String]>("demo/keys")

    package static func done(_ milestone: Milestone) -> StateKey<DoneRecord> { done[Planner.recordKey(milestone)] }

    package static func volume(_ name: String, on host: String) -> StateKey<VolumeRecord> { volumes["\(host)/\(name)"] }

    /// The folder of the objects that were made in Keystone for a service.
    package static func registered(for service: String) -> KeyFolder<String> { KeyFolder(registered.path + service) }

    package static func demoObject(kind: String, id: String) -> StateKey<[String: String]> {
        demoObjects["\(kind)/\(id)"]
    }

    // MARK: Of a state folder

    /// The environment that each file described when last brought up, by a digest of the file's path.
    package static let environmentFiles = KeyFolder<String>("environment-files")
    /// The inputs with which an environment had nothing to do.
    package static let nothingToDo = KeyFolder<NothingToDo>("nothing-to-do")

    // MARK: Names of secrets

    /// The beginning of the names of private keys with their certificates among the secrets.
    package static let certificates = "tls/"
    /// The name of the authority's private key with its certificate among the secrets.
    package static let authority = certificates + "authority"

    /// The name of the certificate for these names among the secrets.
    package static func certificate(for names: [String]) -> String { certificates + names.joined(separator: ",") }

    // MARK: Names of locks

    /// The name of the lock under which an environment is changed.
    package static func lock(environment name: String) -> String { "environments/\(name)" }

    /// The name of the lock of a part of the program, such as the demo, that works in an environment.
    package static func lock(part: String, environment name: String) -> String { "environments/\(name)/\(part)" }
}
