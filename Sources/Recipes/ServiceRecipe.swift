import Model
import Templates

/// The part of a recipe about running its service.
public struct ServiceRecipe: Sendable {
    /// The program and its arguments; nil for the image's.
    public var command: [String]?
    /// The user that runs the service; nil for root.
    public var user: ServiceUser?
    /// The time between the stop signal and the kill.
    public var grace: Duration = .seconds(10)
    /// The stop signal without `SIG`; nil for the image's.
    public var stopSignal: String?

    /// The number of members that an environment may ask for.
    public var replicas = ReplicaRange()
    /// The order in which a member's old and new container end and start.
    public var replacement: Replacement = .stopFirst
    /// The time that the front waits for requests in flight before a container is stopped.
    public var drain: Duration = .seconds(30)
    /// The effect that users notice while a member is down, in words; nil for none.
    public var interrupts: String?
    /// Whether no two members may run on one host.
    public var onePerHost = false
    /// Whether the service has one member on each host, in the host's own network, that links the environment's
    /// networks across hosts.
    public var linksHosts = false

    /// The requirements of members' containers.
    public var container = ContainerNeeds()
    /// The environment variables, as templates; never secrets.
    public var environment: [(key: String, value: Template)] = []

    /// The listeners, in the order of the file.
    public var listeners: [Listener] = []
    /// The endpoints, in the order of the file.
    public var endpoints: [EndpointRecipe] = []
    /// The host port of each published listener.
    public var published: [String: Int] = [:]
    /// Whether the service is the front, the reverse proxy with ports on the host.
    public var isFront = false
    /// Whether its members hold pods: members of other services join their network namespaces.
    public var holdsPod = false
    /// The services in each of whose pods this one has a member; empty where its members have network namespaces of
    /// their own.
    public var pods: [String] = []
    /// The kernel namespaces, beside the network's, that a member shares with the holder of its pod.
    public var shared: [SharedNamespace] = []
    /// The names of the environment's further networks that its members are on.
    public var networks: [String] = []

    /// The command that running members execute before their pods are recreated.
    public var vacating: Vacating?
    /// The command that a running member executes before it is removed for good.
    public var leaving: Vacating?

    /// The health probe; nil where a running member counts as healthy.
    public var probe: ProbeRecipe?
    /// The named volumes.
    public var volumes: [VolumeRecipe] = []
    /// The settings that operators can set.
    public var settings: [SettingRecipe] = []
    /// The secrets, generated where the operator gives none.
    public var secrets: [SecretRecipe] = []
    /// Values that are generated like secrets but may be shown.
    public var generated: [SecretRecipe] = []
    /// The services that this one needs, in the order of the file.
    public var requires: [Requirement] = []
    /// The grants that the service offers to others.
    public var provides: [Provision] = []
    /// The files that Minke renders into `/etc/minke`.
    public var files: [FileRecipe] = []
    /// The way in which a running member takes changed files; nil where it must restart.
    public var reload: ReloadMethod?
    /// The jobs, in the order of the file.
    public var jobs: [JobRecipe] = []
    /// The further processes of each member, in the order of the file.
    public var sidecars: [SidecarRecipe] = []
    /// The registration in Keystone; nil for none.
    public var identity: IdentityRecipe?
    /// Minke's login; only of the service that keeps identities.
    public var administration: AdministrationRecipe?
    /// The lists in the service's API of services and their hosts.
    public var reports: [ReportRecipe] = []
    /// The place of the version in the service's API; nil where it is not asked for.
    public var version: VersionRecipe?

    /// Creates a service with defaults.
    public init() {}

    /// All generated values that the store keeps for the service: `secrets` and `generated`.
    public var keptValues: [SecretRecipe] { secrets + generated }
}

/// The user that runs a service and owns its rendered files.
public struct ServiceUser: Sendable, Hashable {
    /// The user's name in the image.
    public var name: String
    /// The user's numeric id, 0 to 65533.
    public var id: Int

    /// Creates a user.
    public init(name: String, id: Int) {
        self.name = name
        self.id = id
    }
}

/// A kernel namespace that a member can share with the holder of its pod.
public enum SharedNamespace: String, Sendable, CaseIterable { case pid }

/// The number of members that an environment may ask for.
public struct ReplicaRange: Sendable, Hashable {
    /// The default number.
    public var standard = 1
    /// The largest number; nil for as many as there are addresses.
    public var maximum: Int?

    /// Creates a range with one member as the default and no maximum.
    public init() {}
}

/// The requirements of a service's containers, beyond an image and a command.
public struct ContainerNeeds: Sendable {
    /// The memory limit; nil or 0 for none.
    public var memory: ByteCount?
    /// The size at which the engine rotates a log file.
    public var logSize = ByteCount(bytes: 10 << 20)
    /// The number of log files that the engine keeps.
    public var logFiles = 3
    /// Linux capabilities beyond the engine's default, without `CAP_`.
    public var capabilities: [String] = []
    /// The devices, as templates; an empty one is left out.
    public var devices: [Template] = []
    /// Device cgroup rules, such as `c 10:232 rw`, for devices that need not exist.
    public var deviceRules: [String] = []
    /// Kernel parameters of the container's namespaces.
    public var sysctls: [String: String] = [:]
    /// Resource limits by name, soft and hard alike; -1 for none.
    public var ulimits: [String: Int] = [:]
    /// The tmpfs mounts.
    public var tmpfs: [TmpfsRecipe] = []
    /// The engine's security options, such as `seccomp=unconfined`.
    public var security: [String] = []
    /// Whether the root file system is mounted read-only.
    public var isReadOnly = false
    /// Whether the engine's socket is mounted in the container.
    public var usesEngine = false

    /// Creates the default requirements.
    public init() {}
}

/// A tmpfs, a file system in memory.
public struct TmpfsRecipe: Sendable, Hashable {
    /// The mount point in the container.
    public var path: String
    /// The largest size; nil for the kernel's default.
    public var size: ByteCount?
    /// The POSIX permissions in octal digits; nil for the kernel's default.
    public var mode: String?

    /// Creates a tmpfs mount.
    public init(path: String, size: ByteCount? = nil, mode: String? = nil) {
        self.path = path
        self.size = size
        self.mode = mode
    }
}

/// A port that a service listens on.
public struct Listener: Sendable, Hashable {
    /// The protocol of a port.
    public enum Transport: String, Sendable, CaseIterable { case http, https, tcp, tls, udp }

    /// The name, unique in its service.
    public var name: String
    /// The port's number.
    public var port: Int
    /// The protocol that clients speak.
    public var transport: Transport

    /// Creates a listener.
    public init(name: String, port: Int, transport: Transport) {
        self.name = name
        self.port = port
        self.transport = transport
    }
}

/// A port of a service that the front offers to others.
public struct EndpointRecipe: Sendable, Hashable {
    /// The front's HTTP health check of a server.
    public struct Check: Sendable, Hashable {
        /// The URL path of the request.
        public var path: String
        /// The status codes that count as healthy.
        public var status: [Int]

        /// Creates a check.
        public init(path: String, status: [Int]) {
            self.path = path
            self.status = status
        }
    }

    /// The name by which templates of all recipes refer to the endpoint.
    public var name: String
    /// The name of the listener that the front forwards to.
    public var listener: String
    /// The front's ports; URLs have the first.
    public var ports: [Int]
    /// The path that is appended to URLs.
    public var path = ""
    /// The front's health check; nil for a TCP connect.
    public var check: Check?
    /// The time that a request may take.
    public var timeout: Duration = .seconds(90)
    /// The integer settings whose product is the number of requests that a member answers at the same time; empty for
    /// no limit.
    public var capacity: [String] = []
    /// Whether the front also offers the endpoint outside the environment.
    public var isPublic = true

    /// Creates a public endpoint without a limit of requests.
    public init(name: String, listener: String, ports: [Int]) {
        self.name = name
        self.listener = listener
        self.ports = ports
    }
}

/// The health probe of members.
public struct ProbeRecipe: Sendable {
    /// The way in which a member is probed.
    public enum Method: Sendable {
        case http(listener: String, path: String, status: [Int], contains: String?)
        case tcp(listener: String, send: String?, expect: String?)
        /// A program and its arguments, as templates.
        case exec([Template])
    }

    /// The way in which a member is probed.
    public var method: Method
    /// The time limit of one attempt.
    public var timeout: Duration = .seconds(5)
    /// The time limit of all attempts together.
    public var within: Duration = .seconds(120)
    /// The interval of the engine's own health check; nil for none.
    public var every: Duration?

    /// Creates a probe with default time limits.
    public init(method: Method) { self.method = method }
}

/// A named volume that outlives containers.
public struct VolumeRecipe: Sendable, Hashable {
    /// The members that share one volume: none, those of a service on a host, or those of a pod.
    public enum Scope: String, Sendable, CaseIterable { case member, service, pod }

    /// The name, unique in its service.
    public var name: String
    /// The mount point in containers.
    public var path: String
    /// The members that share one volume.
    public var scope: Scope = .member
    /// The data that is lost with the volume, in words; nil where nothing needs to be said.
    public var contents: String?
    /// The method of backing the volume up.
    public var backup = VolumeBackup.files
    /// Whether the content is bound to its owner's host name and useless under another.
    public var isBoundToHostname = false

    /// Creates a volume for each member.
    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// The method of backing a volume up and restoring it.
public enum VolumeBackup: Sendable, Hashable {
    /// A copy of the volume's files, as they are at that moment.
    case files
    /// The output of `dump`, which `restore` reads from its standard input; both run in the container.
    case commands(dump: [String], restore: [String])
    /// No backup, since the content is dispensable.
    case none
}

/// A value that an operator can set.
public struct SettingRecipe: Sendable {
    /// The type of a setting's value.
    public enum Kind: String, Sendable, CaseIterable { case integer, number, boolean, string, list }

    /// The name, unique in its service.
    public var name: String
    /// The type of the value.
    public var kind: Kind
    /// The default value.
    public var standard: Value
    /// The smallest number; nil for no limit.
    public var minimum: Double?
    /// The largest number; nil for no limit.
    public var maximum: Double?
    /// The accepted values; nil for any of the type.
    public var choices: [Value]?
    /// Whether the text may have several lines; then the file with the setting has nothing else.
    public var takesLines = false
    /// The description in one line.
    public var help: String

    /// Creates a setting without limits.
    public init(name: String, kind: Kind, standard: Value, help: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.help = help
    }
}

/// A secret that is generated where the operator gives none.
public struct SecretRecipe: Sendable, Hashable {
    /// The form of a secret.
    public enum Kind: String, Sendable, CaseIterable {
        case password
        case fernetKey = "fernet-key"
        case hex, uuid
        case cephKey = "ceph-key"
        case cipherKey = "cipher-key"
    }
    /// The owner of a secret: one service, each of its members, or all of an environment that name it.
    public enum Scope: String, Sendable, CaseIterable { case service, member, environment }

    /// The name by which templates read the secret.
    public var name: String
    /// The form of the value.
    public var kind: Kind = .password
    /// The owner of the value.
    public var scope: Scope = .service
    /// Characters that an operator's secret must not contain, since a program that reads it does not accept them.
    public var without = ""

    /// Creates a password of the service's own.
    public init(name: String) { self.name = name }
}
