import Model
import Templates

/// Another service that this one needs.
public struct Requirement: Sendable {
    /// The work on the other service that must be done before members and jobs of this one start.
    public enum Wait: String, Sendable, CaseIterable {
        /// The other's grant to this one or, where none is asked, all of it: its members are healthy and it is
        /// registered in Keystone.
        case everything = "true"
        /// The same as `everything`, and the front: the other is called at its endpoint.
        case endpoint
        /// The grants that the other asks for itself, the jobs before its members, and its registration in Keystone.
        case registration
        /// The grants that the other asks for itself, and the jobs before its members.
        case jobs
        /// The same as `everything`, but only before a member that serves already is replaced; a new member waits by
        /// itself.
        case replacement
        case nothing = "false"
    }

    public var name: String
    public var service: String
    public var wait = Wait.everything
    /// Whether an environment may lack the other service.
    public var isOptional = false
    /// The name of the other service's provision that is asked for the grant.
    public var provision: String
    /// The keys and values that are given to the other's provision, in the order of the file.
    public var grant: [(key: String, value: Template)] = []
    /// A condition: the grant is not asked for where it is false or empty.
    public var condition: Template?

    /// Whether any work on the other service comes first.
    public var waits: Bool { wait != .nothing }

    /// Whether a new member waits for the other service by itself, once it has loaded.
    public var isAwaitedByMembers: Bool { wait == .replacement }

    public init(name: String, service: String) {
        self.name = name
        self.service = service
        provision = name
    }
}

/// A thing that a service can grant to others, and the command that grants it.
public struct Provision: Sendable {
    public var name: String
    /// The keys that a grant must have.
    public var needs: [String] = []
    public var exec: [String] = []
    /// The text that `exec` gets on its standard input; its template sees `grant`.
    public var input: Template
    /// The volume of the service that keeps the result.
    public var storedIn: String?

    public init(name: String, input: Template) {
        self.name = name
        self.input = input
    }
}

/// A short-lived container of a service's image.
public struct JobRecipe: Sendable {
    public enum Repetition: String, Sendable, CaseIterable { case image, change, once }

    /// The word under `after` that stands for the front.
    public static let front = "front"

    public var name: String
    public var command: [String]
    public var user: String?
    /// The requirements and jobs that come first, and the front; nil for every requirement that waits.
    public var after: [String]?
    public var repetition: Repetition = .image
    /// The requirement or own volume that keeps the result of the job.
    public var storedIn: String?
    public var isBeforeMembers = true
    public var timeout: Duration = .seconds(600)
    /// A condition: there is no such job where it is false or empty.
    public var condition: Template?

    public init(name: String, command: [String]) {
        self.name = name
        self.command = command
    }
}

/// The registration of a service in Keystone.
public struct IdentityRecipe: Sendable {
    public struct Service: Sendable, Hashable, Encodable {
        public var type: String
        public var name: String
        public var description: String

        public init(type: String, name: String, description: String) {
            self.type = type
            self.name = name
            self.description = description
        }
    }

    /// A domain of its own, in which a service keeps users.
    public struct Domain: Sendable, Hashable, Encodable {
        public var name: String
        public var description: String

        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    public struct User: Sendable {
        public var name: String
        public var password: Template
        /// The domain that the user is in; nil for the default one.
        public var domain: String?
        /// The project that the user has its roles on; nil where it has them on its domain.
        public var project: String?
        public var roles: [String]

        public init(name: String, password: Template, roles: [String]) {
            self.name = name
            self.password = password
            self.roles = roles
        }
    }

    /// The entries in the catalogue of services, of which several may have the same endpoint.
    public var services: [Service] = []
    public var endpoint: String?
    public var urlSuffix = ""
    public var domains: [Domain] = []
    public var users: [User] = []
    public var roles: [String] = []

    public init() {}
}

/// The login with which Minke administers the service that keeps identities.
public struct AdministrationRecipe: Sendable {
    public var endpoint: String
    public var user: String
    public var password: Template
    public var project: String
    /// Projects that must exist.
    public var projects: [String] = []

    public init(endpoint: String, user: String, password: Template, project: String) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.project = project
    }
}

/// A list in a service's API of services and the hosts that they run on.
public struct ReportRecipe: Sendable, Hashable {
    public var name: String
    public var endpoint: String
    /// The path after the endpoint's own URL.
    public var path: String
    /// The key of the list in the answer.
    public var list: String
    /// The keys of an entry: the service's name, its host, whether it works, and since when.
    public var service: String
    public var host: String
    public var isUp: String
    public var since: String?
    /// The way to delete the entry of a member that is gone for good; nil where it stays.
    public var deletion: ReportDeletion?

    public init(name: String, endpoint: String, path: String, list: String, service: String, host: String, isUp: String)
    {
        self.name = name
        self.endpoint = endpoint
        self.path = path
        self.list = list
        self.service = service
        self.host = host
        self.isUp = isUp
    }
}

/// The place in a service's API that gives its version.
public struct VersionRecipe: Sendable, Hashable {
    public var endpoint: String
    /// The path after the endpoint's URL without that URL's own path.
    public var path: String
    /// The keys and indices that lead to the version in the answer; `*` stands for the last entry of a list.
    public var field: [String]

    public init(endpoint: String, path: String, field: [String]) {
        self.endpoint = endpoint
        self.path = path
        self.field = field
    }
}

/// The way to delete a report's entries: by DELETE, at the report's path followed by the entry's id.
public struct ReportDeletion: Sendable, Hashable {
    /// The key of the id in an entry.
    public var id: String
    /// The services whose members' entries are deleted.
    public var services: [String]

    public init(id: String, services: [String]) {
        self.id = id
        self.services = services
    }
}
