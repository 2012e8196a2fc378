import Model
import Templates

/// The part of a recipe that says how its service runs.
public struct ServiceRecipe: Sendable {
    public var command: [String]?
    public var user: ServiceUser?
    public var grace: Duration = .seconds(10)
    public var stopSignal: String?

    public var replicas = ReplicaRange()
    public var replacement: Replacement = .stopFirst
    public var drain: Duration = .seconds(30)
    public var interrupts: String?
    public var onePerHost = false
    /// Whether the service has one member on each host, in the host's own network, that joins the environment's
    /// networks across hosts.
    public var linksHosts = false

    public var container = ContainerNeeds()
    public var environment: [(key: String, value: Template)] = []

    /// The listeners, in the order of the file.
    public var listeners: [Listener] = []
    public var endpoints: [EndpointRecipe] = []
    /// The host port of each published listener.
    public var published: [String: Int] = [:]
    public var isFront = false
    /// Whether its members are pods: containers whose network namespace others join.
    public var holdsPod = false
    /// The services in whose pods the service has a member each; empty where its members have networks of their own.
    public var pods: [String] = []
    /// The namespaces, beside the network's, that a member shares with the holder of its pod.
    public var shared: [SharedNamespace] = []
    /// The environment's further networks that its members are on.
    public var networks: [String] = []

    /// The command that members run before their pods are made anew.
    public var vacating: Vacating?
    /// The command that a running member runs before it is removed for good.
    public var leaving: Vacating?

    public var probe: ProbeRecipe?
    public var volumes: [VolumeRecipe] = []
    public var settings: [SettingRecipe] = []
    public var secrets: [SecretRecipe] = []
    /// Values that are generated as secrets are, but hidden from nobody.
    public var generated: [SecretRecipe] = []
    public var requires: [Requirement] = []
    public var provides: [Provision] = []
    public var files: [FileRecipe] = []
    public var reload: ReloadMethod?
    public var jobs: [JobRecipe] = []
    public var identity: IdentityRecipe?
    public var administration: AdministrationRecipe?
    public var reports: [ReportRecipe] = []
    public var version: VersionRecipe?

    public init() {}

    /// All values that the environment's state keeps for the service: its secrets, and what else is generated.
    public var keptValues: [SecretRecipe] { secrets + generated }
}

/// The user that runs a service and owns its rendered files.
public struct ServiceUser: Sendable, Hashable {
    public var name: String
    public var id: Int

    public init(name: String, id: Int) {
        self.name = name
        self.id = id
    }
}

/// A kernel namespace that a member can share with the holder of its pod.
public enum SharedNamespace: String, Sendable, CaseIterable { case pid }

/// The number of members that an environment may ask for.
public struct ReplicaRange: Sendable, Hashable {
    public var standard = 1
    public var maximum: Int?

    public init() {}
}

/// The demands of a container on the engine, beyond an image and a command.
public struct ContainerNeeds: Sendable {
    public var memory: ByteCount?
    public var logSize = ByteCount(bytes: 10 << 20)
    public var logFiles = 3
    public var capabilities: [String] = []
    /// The devices, as templates; an empty one is left out.
    public var devices: [Template] = []
    public var deviceRules: [String] = []
    public var sysctls: [String: String] = [:]
    public var ulimits: [String: Int] = [:]
    public var tmpfs: [TmpfsRecipe] = []
    public var security: [String] = []
    public var isReadOnly = false
    /// Whether the engine's socket is mounted in the container.
    public var usesEngine = false

    public init() {}
}

/// A file system in memory.
public struct TmpfsRecipe: Sendable, Hashable {
    public var path: String
    public var size: ByteCount?
    public var mode: String?

    public init(path: String, size: ByteCount? = nil, mode: String? = nil) {
        self.path = path
        self.size = size
        self.mode = mode
    }
}

/// A port that a service listens on.
public struct Listener: Sendable, Hashable {
    public enum Transport: String, Sendable, CaseIterable { case http, https, tcp, tls, udp }

    public var name: String
    public var port: Int
    public var transport: Transport

    public init(name: String, port: Int, transport: Transport) {
        self.name = name
        self.port = port
        self.transport = transport
    }
}

/// A port of a service that the front offers to others.
public struct EndpointRecipe: Sendable, Hashable {
    public struct Check: Sendable, Hashable {
        public var path: String
        public var status: [Int]

        public init(path: String, status: [Int]) {
            self.path = path
            self.status = status
        }
    }

    public var name: String
    public var listener: String
    /// The front's ports; the first is the one in URLs.
    public var ports: [Int]
    public var path = ""
    public var check: Check?
    public var timeout: Duration = .seconds(90)
    /// The integer settings whose product is the number of requests that a member answers at the same time; empty where
    /// there is no limit.
    public var capacity: [String] = []
    /// Whether the front offers it outside the environment too; otherwise only inside.
    public var isPublic = true

    public init(name: String, listener: String, ports: [Int]) {
        self.name = name
        self.listener = listener
        self.ports = ports
    }
}

/// The check by which a member counts as healthy.
public struct ProbeRecipe: Sendable {
    public enum Method: Sendable {
        case http(listener: String, path: String, status: [Int], contains: String?)
        case tcp(listener: String, send: String?, expect: String?)
        /// A program and its arguments, as templates.
        case exec([Template])
    }

    public var method: Method
    /// The time limit of one try.
    public var timeout: Duration = .seconds(5)
    /// The time limit of all tries together.
    public var within: Duration = .seconds(120)
    /// The interval of the engine's own health check; nil for none.
    public var every: Duration?

    public init(method: Method) { self.method = method }
}

/// A named volume that outlives containers.
public struct VolumeRecipe: Sendable, Hashable {
    public enum Scope: String, Sendable, CaseIterable { case member, service, pod }

    public var name: String
    public var path: String
    public var scope: Scope = .member
    /// The data that is lost with the volume, in words.
    public var contents: String?
    public var backup = VolumeBackup.files
    /// Whether the content belongs to its owner's host name, and is of no use under another.
    public var isBoundToHostname = false

    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// The way in which the content of a volume gets into a backup and out of it.
public enum VolumeBackup: Sendable, Hashable {
    /// The files of the volume, as they are at that moment.
    case files
    /// The output of `dump`, which `restore` gets on its standard input; both commands run in the container.
    case commands(dump: [String], restore: [String])
    /// No backup, since the content can be done without.
    case none
}

/// A value that an operator can set.
public struct SettingRecipe: Sendable {
    public enum Kind: String, Sendable, CaseIterable { case integer, number, boolean, string, list }

    public var name: String
    public var kind: Kind
    public var standard: Value
    public var minimum: Double?
    public var maximum: Double?
    public var choices: [Value]?
    /// Whether the text may have several lines, since the file that has it holds nothing but the setting.
    public var takesLines = false
    public var help: String

    public init(name: String, kind: Kind, standard: Value, help: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.help = help
    }
}

/// A secret that is generated where the operator gives none.
public struct SecretRecipe: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case password
        case fernetKey = "fernet-key"
        case hex, uuid
        case cephKey = "ceph-key"
    }
    public enum Scope: String, Sendable, CaseIterable { case service, environment }

    public var name: String
    public var kind: Kind = .password
    public var scope: Scope = .service
    /// Characters that a given secret cannot have, since some program that reads it does not take them.
    public var without = ""

    public init(name: String) { self.name = name }
}
