import Model
import Templates

/// The wish of an operator: the environment file, checked for its form but not yet against a catalogue.
///
/// docs/reference/environment.yaml explains every key.
public struct Environment: Sendable {
    public var name: String
    public var file: String
    public var domain = "minke.local"
    public var domainPlace: Place?
    public var regions = ["RegionOne"]
    public var images = Images()
    public var network = Network()
    /// Networks beside the environment's own that recipes ask for by name, in the order of the file.
    public var furtherNetworks: [FurtherNetwork] = []
    public var access = PublicAccess()
    /// The hosts, in the order of the file; `local` alone where the file names none.
    public var hosts: [Host] = []
    /// The secrets that the operator gives, by `SERVICE.NAME` or `NAME`.
    public var secrets: [String: GivenSecret] = [:]
    public var settings: [Setting] = []
    public var services: [ServiceDeclaration] = []
    /// The mapping `common` of Dockstack's files.
    public var common = ValueMap()
    /// The `registered_services` of Dockstack's files: service to names, with places.
    public var registered: [(service: String, members: [String], place: Place)] = []

    public init(name: String, file: String) {
        self.name = name
        self.file = file
    }

    public struct Images: Sendable {
        public var registry = ""
        public var prefix = "minke"
        /// The name of the release; nil for the catalogue's default.
        public var release: String?
        public var version = "latest"
        /// The image that the root image is made from; nil where mmdebstrap makes it.
        public var rootImage: String?
        public var place: Place?

        public init() {}
    }

    public struct Network: Sendable {
        public var subnet = IPv4Network(address: IPv4Address(198, 18, 16, 0), prefix: 24)
        public var gateway: IPv4Address?
        public var mtu: Int?
        public var place: Place?
        /// The places of the network's keys in the file.
        public var keyPlaces: [String: Place] = [:]

        public init() {}
    }

    /// A network beside the environment's own; a member's address there has the same host part as in the environment's.
    public struct FurtherNetwork: Sendable {
        public var name: String
        public var network: Network

        public init(name: String, network: Network) {
            self.name = name
            self.network = network
        }
    }

    public struct PublicAccess: Sendable {
        public var host = "127.0.0.1"
        public var address = IPv4Address(127, 0, 0, 1)
        public var usesTLS = true
        public var place: Place?

        public init() {}
    }

    public struct Host: Sendable {
        public var name: String
        public var place: Place?
        /// The engine of the host; nil for this host, and for hosts that cannot be reached yet.
        public var engine: RemoteEngine?
        /// The address at which other hosts reach this one.
        public var address: IPv4Address?

        public init(name: String, place: Place? = nil) {
            self.name = name
            self.place = place
        }
    }

    /// The engine of another host, reached over TLS.
    public struct RemoteEngine: Sendable {
        /// The address, as `tcp://HOST:PORT`.
        public var address: String
        /// The paths of PEM files, resolved against the environment file's folder.
        public var authority: String
        public var certificate: String
        public var key: String
        public var place: Place

        public init(address: String, authority: String, certificate: String, key: String, place: Place) {
            self.address = address
            self.authority = authority
            self.certificate = certificate
            self.key = key
            self.place = place
        }
    }

    /// The hosts that members can run on: this one, and those with a remote engine.
    public var reachableHosts: [Host] { hosts.filter { $0.name == localHost || $0.engine != nil } }

    /// Whether members can run on several hosts, which the environment's networks then span.
    public var spansHosts: Bool { hosts.contains { $0.engine != nil } }

    /// A secret that the operator gives.
    public struct GivenSecret: Sendable {
        /// The path of the file with the secret, resolved against the environment file's folder.
        public var file: String
        public var place: Place

        public init(file: String, place: Place) {
            self.file = file
            self.place = place
        }
    }

    /// A setting with the place where it was given.
    public struct Setting: Sendable {
        public var name: String
        public var value: Value
        public var place: Place

        public init(name: String, value: Value, place: Place) {
            self.name = name
            self.value = value
            self.place = place
        }
    }
}

/// One entry of an environment's `services`.
public struct ServiceDeclaration: Sendable {
    public var name: String
    public var place: Place
    /// The number of members; nil where it follows from `members` or the recipe's default.
    public var replicas: Int?
    public var region: String?
    public var host: String?
    public var release: String?
    public var version: String?
    public var memory: ByteCount?
    public var settings: [Environment.Setting] = []
    public var members: [MemberDeclaration] = []
    public var overrides: [FileOverride] = []

    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}

/// A member that the environment names.
public struct MemberDeclaration: Sendable {
    public var name: String
    public var place: Place
    public var host: String?
    public var address: IPv4Address?
    public var gateway: IPv4Address?
    public var macAddress: String?
    /// The member whose volumes this one takes over; that member is no longer in the file.
    public var dataOf: String?
    public var settings: [Environment.Setting] = []

    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}

/// An operator's value for one key of a recipe's INI file.
public struct FileOverride: Sendable {
    public var file: String
    public var section: String
    public var key: String
    /// The key's values; empty where the key is to be removed.
    public var values: [Template]
    /// The place of the key.
    public var place: Place
    public var sectionPlace: Place
    /// The places where the values begin.
    public var valuePlaces: [Place]

    public init(
        file: String, section: String, key: String, values: [Template], place: Place, sectionPlace: Place,
        valuePlaces: [Place]
    ) {
        self.file = file
        self.section = section
        self.key = key
        self.values = values
        self.place = place
        self.sectionPlace = sectionPlace
        self.valuePlaces = valuePlaces
    }
}
