import Model
import Templates

/// The number of times that a job runs or a grant is asked for: once for all members of a service, or for each.
public enum WorkScope: String, Sendable, CaseIterable { case service, member }

/// Another service that this one needs.
public struct Requirement: Sendable {
    /// The work on the other service that must be done before members and jobs of this one start.
    public enum Wait: String, Sendable, CaseIterable {
        /// The other's grant to this one or, where none is asked for, the whole other service: its members are healthy
        /// and it is registered in Keystone.
        case everything = "true"
        /// The same as `everything`, and the front, since the other is called at its endpoint.
        case endpoint
        /// The grants that the other asks for itself, the jobs before its members, and its registration in Keystone.
        case registration
        /// The grants that the other asks for itself, and the jobs before its members.
        case jobs
        /// The same as `everything`, but only before a running member is replaced; a new member waits by itself.
        case replacement
        case nothing = "false"
    }

    /// The name by which templates refer to the requirement.
    public var name: String
    /// The name of the other service.
    public var service: String
    /// The work that comes first.
    public var wait = Wait.everything
    /// Whether an environment may lack the other service.
    public var isOptional = false
    /// The name of the other service's provision that the grant is asked of.
    public var provision: String
    /// The keys and values of the grant, in the order of the file.
    public var grant: [(key: String, value: Template)] = []
    /// A condition: the grant is not asked for where it renders to false or an empty text.
    public var condition: Template?
    /// Whether the grant is asked for once, or for each member.
    public var scope = WorkScope.service

    /// Whether any work on the other service comes first.
    public var waits: Bool { wait != .nothing }

    /// Whether a new member waits for the other service by itself, once its program has loaded.
    public var isAwaitedByMembers: Bool { wait == .replacement }

    /// Creates a requirement that waits for everything and asks for no grant.
    public init(name: String, service: String) {
        self.name = name
        self.service = service
        provision = name
    }
}

/// Something that a service can grant to others, such as a database, and the command that grants it.
public struct Provision: Sendable {
    /// The name by which requirements ask for a grant.
    public var name: String
    /// The keys that a grant must have.
    public var needs: [String] = []
    /// The command that grants, run in the service's first member as root.
    public var exec: [String] = []
    /// The template of the text that `exec` reads from its standard input; it sees `grant`.
    public var input: Template
    /// The volume of the service that keeps the result.
    public var storedIn: String?

    /// Creates a provision.
    public init(name: String, input: Template) {
        self.name = name
        self.input = input
    }
}

/// A short-lived container of a service's image.
public struct JobRecipe: Sendable {
    /// The event that makes a job run again: a new image, a new image or changed files, or lost data.
    public enum Repetition: String, Sendable, CaseIterable { case image, change, once }

    /// The word under `after` that stands for the front.
    public static let front = "front"

    /// The job's name, unique in its service.
    public var name: String
    /// The program and its arguments, as templates.
    public var command: [Template]
    /// Whether the job runs once, or for each member.
    public var scope = WorkScope.service
    /// The name of the user; nil for the service's.
    public var user: String?
    /// The requirements and jobs that come first, and `front` for the front; nil for every requirement that waits.
    public var after: [String]?
    /// The event that makes the job run again.
    public var repetition: Repetition = .image
    /// The requirement or own volume that keeps the result of the job.
    public var storedIn: String?
    /// Whether members start after the job; otherwise it runs after they are healthy. For a job of each member, this is
    /// about that member alone.
    public var isBeforeMembers = true
    /// The time limit of a run.
    public var timeout: Duration = .seconds(600)
    /// A condition: there is no such job where it renders to false or an empty text.
    public var condition: Template?

    /// Creates a job that runs before members and after every requirement that waits.
    public init(name: String, command: [Template]) {
        self.name = name
        self.command = command
    }
}

/// The registration of a service in Keystone.
public struct IdentityRecipe: Sendable {
    /// An entry in Keystone's catalogue of services.
    public struct Service: Sendable, Hashable, Encodable {
        /// The type, such as `identity`.
        public var type: String
        /// The name, such as `keystone`.
        public var name: String
        /// The description; may be empty.
        public var description: String

        /// Creates an entry.
        public init(type: String, name: String, description: String) {
            self.type = type
            self.name = name
            self.description = description
        }
    }

    /// A domain in which a service keeps users of its own.
    public struct Domain: Sendable, Hashable, Encodable {
        /// The domain's name.
        public var name: String
        /// The description; may be empty.
        public var description: String

        /// Creates a domain.
        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// A user in Keystone with roles.
    public struct User: Sendable {
        /// The user's name.
        public var name: String
        /// The template of the password.
        public var password: Template
        /// The domain that the user is in; nil for the default one.
        public var domain: String?
        /// The project on which the user has its roles; nil for its domain.
        public var project: String?
        /// The names of the user's roles.
        public var roles: [String]

        /// Creates a user of the default domain.
        public init(name: String, password: Template, roles: [String]) {
            self.name = name
            self.password = password
            self.roles = roles
        }
    }

    /// The entries in the catalogue of services; all have the same endpoint.
    public var services: [Service] = []
    /// The name of the service's endpoint, which gives the URLs; nil where no service is registered.
    public var endpoint: String?
    /// The text after the endpoint's path in URLs, such as `/%(tenant_id)s`.
    public var urlSuffix = ""
    /// The domains that must exist for the service.
    public var domains: [Domain] = []
    /// The users that must exist for the service.
    public var users: [User] = []
    /// The roles that must exist.
    public var roles: [String] = []

    /// Creates an empty registration.
    public init() {}
}

/// The login with which Minke administers Keystone.
public struct AdministrationRecipe: Sendable {
    /// The name of Keystone's endpoint.
    public var endpoint: String
    /// The administrator's name.
    public var user: String
    /// The template of the administrator's password.
    public var password: Template
    /// The project that the administrator logs in to.
    public var project: String
    /// Projects that must exist.
    public var projects: [String] = []

    /// Creates a login.
    public init(endpoint: String, user: String, password: Template, project: String) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.project = project
    }
}

/// A list in a service's API of services and the hosts that they run on.
public struct ReportRecipe: Sendable, Hashable {
    /// The report's name.
    public var name: String
    /// The name of the endpoint that has the report.
    public var endpoint: String
    /// The path, which is appended to the endpoint's URL; `%(project_id)s` in it stands for the administrators' project.
    public var path: String
    /// The key of the list in the answer.
    public var list: String
    /// The key of the service's name in an entry.
    public var service: String
    /// The key of the host name of the member's container.
    public var host: String
    /// The key of the state: true, or `up` in either case, where the service works.
    public var isUp: String
    /// The key of the time of that state; nil where entries have none.
    public var since: String?
    /// The way to delete the entry of a member that was removed for good; nil where it stays.
    public var deletion: ReportDeletion?

    /// Creates a report whose entries are not deleted.
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

/// The place of the version in a service's API.
public struct VersionRecipe: Sendable, Hashable {
    /// The name of the endpoint that gives the version.
    public var endpoint: String
    /// The path, which replaces that of the endpoint's URL.
    public var path: String
    /// The keys and indices that lead to the version in the answer; `*` is the last element of a list.
    public var field: [String]

    /// Creates a version's place.
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

    /// Creates a deletion.
    public init(id: String, services: [String]) {
        self.id = id
        self.services = services
    }
}
