import Model
import Templates

/// An environment as the operator's file states it, checked for its form but not yet against a catalogue.
///
/// docs/reference/environment.yaml explains every key.
public struct Environment: Sendable {
    /// The environment's name, unique on its engine.
    public var name: String
    /// The path of the environment's file.
    public var file: String
    /// The domain that members' host names end in.
    public var domain = "minke.local"
    /// The place of `domain`; nil where the file has none.
    public var domainPlace: Place?
    /// The names of the regions; the first is the default of services.
    public var regions = [Self.usualRegion]
    /// The region of services that name none.
    public var defaultRegion: String { regions.first ?? Self.usualRegion }
    /// The region of an environment that names none.
    private static let usualRegion = "RegionOne"
    /// The names and versions of the images.
    public var images = Images()
    /// The environment's own network, which every member is on.
    public var network = Network()
    /// Networks beside the environment's own, in the order of the file; recipes ask for them by name.
    public var furtherNetworks: [FurtherNetwork] = []
    /// The address at which clients outside reach the cloud.
    public var access = PublicAccess()
    /// The hosts, in the order of the file; `local` alone where the file names none.
    public var hosts: [Host] = []
    /// The secrets that the operator gives, by `SERVICE.NAME` or `NAME`.
    public var secrets: [String: GivenSecret] = [:]
    /// Settings for every service that has one of the name.
    public var settings: [Setting] = []
    /// The services, in the order of the file.
    public var services: [ServiceDeclaration] = []
    /// The mapping `common` of Dockstack's files.
    public var common = ValueMap()
    /// The `registered_services` of Dockstack's files: each service with its members' names and its place.
    public var registered: [(service: String, members: [String], place: Place)] = []

    /// Creates an environment with defaults and without services.
    public init(name: String, file: String) {
        self.name = name
        self.file = file
    }

    /// The registry, names and versions of an environment's images.
    public struct Images: Sendable {
        /// The registry as HOST[:PORT]; empty where only the engine's own images are used.
        public var registry = ""
        /// The path before the recipe in images' names; may be empty.
        public var prefix = "minke"
        /// The name of the release; nil for the catalogue's default.
        public var release: String?
        /// The version after the release in images' tags.
        public var version = "latest"
        /// The image that the root image is made from; nil where mmdebstrap makes it.
        public var rootImage: String?
        /// The place of `images`; nil where the file has none.
        public var place: Place?

        /// Creates the default settings.
        public init() {}
    }

    /// A network of an environment: its subnet, gateway and MTU.
    public struct Network: Sendable {
        /// The subnet of members' addresses.
        public var subnet = IPv4Network(address: IPv4Address(198, 18, 16, 0), prefix: 24)
        /// The gateway's address; nil for the subnet's first.
        public var gateway: IPv4Address?
        /// The MTU in bytes; nil for the engine's default.
        public var mtu: Int?
        /// The place of the subnet; nil where the file has no network.
        public var place: Place?
        /// The places of `gateway` and `mtu` in the file.
        public var keyPlaces: [String: Place] = [:]

        /// Creates the default network, 198.18.16.0/24.
        public init() {}
    }

    /// A network beside the environment's own; a member's address there has the same host part as in the environment's.
    public struct FurtherNetwork: Sendable {
        /// The name by which recipes ask for the network.
        public var name: String
        /// The subnet, gateway and MTU.
        public var network: Network

        /// Creates a further network.
        public init(name: String, network: Network) {
            self.name = name
            self.network = network
        }
    }

    /// The address at which clients outside reach the cloud.
    public struct PublicAccess: Sendable {
        /// The name or address in public URLs.
        public var host = "127.0.0.1"
        /// The host's address at which the front's ports are published.
        public var address = IPv4Address(127, 0, 0, 1)
        /// Whether public endpoints use TLS.
        public var usesTLS = true
        /// The place of the address; nil where the file has none.
        public var place: Place?

        /// Creates the default access, TLS at 127.0.0.1.
        public init() {}
    }

    /// A host of containers.
    public struct Host: Sendable {
        /// The name, by which services and members refer to the host.
        public var name: String
        /// The place of the name; nil for a host that the file does not name.
        public var place: Place?
        /// The remote engine; nil for the local host, and for hosts that the file gives no engine.
        public var engine: RemoteEngine?
        /// The address at which the other hosts reach this one; nil where the file gives none.
        public var address: IPv4Address?

        /// Creates a host without an engine or address.
        public init(name: String, place: Place? = nil) {
            self.name = name
            self.place = place
        }
    }

    /// The engine of another host, reached over TLS.
    public struct RemoteEngine: Sendable {
        /// The engine's address, as `tcp://HOST:PORT`.
        public var address: String
        /// The path of the PEM file with the authority that signed the engine's certificate. Like the two below, it is
        /// resolved against the environment file's folder.
        public var authority: String
        /// The path of the client's certificate, in PEM.
        public var certificate: String
        /// The path of the client's private key, in PEM.
        public var key: String
        /// The place of `engine`.
        public var place: Place

        /// Creates an engine's address with the files for mutual TLS.
        public init(address: String, authority: String, certificate: String, key: String, place: Place) {
            self.address = address
            self.authority = authority
            self.certificate = certificate
            self.key = key
            self.place = place
        }
    }

    /// The name of the local host, which the session works from. `DOCKER_HOST` or `DOCKER_CONTEXT` gives its engine,
    /// the file those of other hosts.
    public static let here = "local"

    /// The hosts that members can run on: the local one and those with a remote engine.
    public var reachableHosts: [Host] { hosts.filter { $0.name == Self.here || $0.engine != nil } }

    /// Whether members can run on several hosts, so that the environment's networks span them.
    public var spansHosts: Bool { hosts.contains { $0.engine != nil } }

    /// A secret that the operator gives.
    public struct GivenSecret: Sendable {
        /// The path of the file with the secret, resolved against the environment file's folder.
        public var file: String
        /// The place of the secret.
        public var place: Place

        /// Creates a secret that is read from a file.
        public init(file: String, place: Place) {
            self.file = file
            self.place = place
        }
    }

    /// A setting with the place where it was given.
    public struct Setting: Sendable {
        /// The setting's name.
        public var name: String
        /// The value as it stands in the file, not yet checked against recipes.
        public var value: Value
        /// The place of the value.
        public var place: Place

        /// Creates a setting.
        public init(name: String, value: Value, place: Place) {
            self.name = name
            self.value = value
            self.place = place
        }
    }
}

/// One entry of an environment's `services`.
public struct ServiceDeclaration: Sendable {
    /// The service's name, which is its recipe's.
    public var name: String
    /// The place of the name.
    public var place: Place
    /// The number of members; nil where `members` or the recipe's default gives it.
    public var replicas: Int?
    /// The region; nil for the environment's first.
    public var region: String?
    /// The host of members that name none; nil for the environment's first.
    public var host: String?
    /// The release of the service's image; nil for the environment's.
    public var release: String?
    /// The version of the service's image; nil for the environment's.
    public var version: String?
    /// The memory limit of each member, 0 for none; nil for the recipe's.
    public var memory: ByteCount?
    /// The service's settings, which take precedence over the environment's.
    public var settings: [Environment.Setting] = []
    /// The named members; empty where only their number is known.
    public var members: [MemberDeclaration] = []
    /// The operator's values for keys of the recipe's files.
    public var overrides: [FileOverride] = []

    /// Creates a declaration that leaves everything to defaults.
    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}

/// A member that the environment's file names.
public struct MemberDeclaration: Sendable {
    /// The member's name, unique in the environment.
    public var name: String
    /// The place of the name.
    public var place: Place
    /// The host that the member runs on; nil for the service's.
    public var host: String?
    /// The member's address; nil for one that Minke chooses.
    public var address: IPv4Address?
    /// The member's gateway; nil for the network's.
    public var gateway: IPv4Address?
    /// The MAC address in lower case; nil for one that the engine chooses.
    public var macAddress: String?
    /// The former member whose volumes this one takes over; the file no longer has that member.
    public var dataOf: String?
    /// The member's settings, which take precedence over the service's.
    public var settings: [Environment.Setting] = []

    /// Creates a declaration that leaves everything to defaults.
    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}

/// An operator's value for one key of a recipe's INI file.
public struct FileOverride: Sendable {
    /// The path of the file below `/etc/minke`.
    public var file: String
    /// The name of the section.
    public var section: String
    /// The name of the key.
    public var key: String
    /// The key's values; empty where the key is to be removed.
    public var values: [Template]
    /// The place of the key's name.
    public var place: Place
    /// The place of the section's name.
    public var sectionPlace: Place
    /// The places where the values begin.
    public var valuePlaces: [Place]

    /// Creates an override.
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
