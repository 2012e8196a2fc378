import Model

/// The configuration of the test suite, Tempest: the file `tempest.conf` for a cloud.
public struct TempestConfiguration: Sendable {
    /// The login by which the suite works as the cloud's administrator.
    public struct Login: Sendable {
        /// The URL of the Identity API v3.
        public var url: String
        /// The name of the user, in the domain `Default`.
        public var user: String
        /// The password of the user.
        public var password: String
        /// The name of the user's project, in the domain `Default`.
        public var project: String
        /// The region whose endpoints are used.
        public var region: String
        /// The path, for the suite, of the certificate authority's certificate; nil for a cloud without TLS.
        public var authorityFile: String?

        /// Creates a login.
        public init(
            url: String, user: String, password: String, project: String, region: String, authorityFile: String?
        ) {
            self.url = url
            self.user = user
            self.password = password
            self.project = project
            self.region = region
            self.authorityFile = authorityFile
        }
    }

    var login: Login
    var features: CloudFeatures
    var parts: CloudPreparation.Parts
    /// The user of the image's guest for logins over SSH.
    var imageUser: String
    /// The suite's own folder, which it can write to.
    var folder: String
    /// The URL of an image that Glance can download.
    var imageURL: String

    /// Creates the configuration.
    ///
    /// - Parameters:
    ///   - imageUser: the user of the image's guest for logins over SSH.
    ///   - folder: the suite's own folder, which it can write to.
    ///   - imageURL: the URL of an image that Glance can download.
    public init(
        login: Login, features: CloudFeatures, parts: CloudPreparation.Parts, imageUser: String = "root",
        folder: String, imageURL: String
    ) {
        self.login = login
        self.features = features
        self.parts = parts
        self.imageUser = imageUser
        self.folder = folder
        self.imageURL = imageURL
    }

    /// The text of the file. It contains the administrator's password.
    public var text: String {
        sections.map { name, keys in
            "[\(name)]\n" + keys.map { "\($0) = \(Self.escaped($1))\n" }.joined()
        }.joined(separator: "\n")
    }

    /// The value with each `$` doubled, since oslo.config takes `$name` for a reference.
    private static func escaped(_ value: String) -> String {
        value.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$")
    }

    private typealias Section = (name: String, keys: [(String, String)])

    private var sections: [Section] {
        [
            (
                "DEFAULT",
                [
                    ("debug", "true"), ("log_file", "\(folder)/tempest.log"), ("use_stderr", "false"),
                    ("resource_name_prefix", CloudInventory.prefix),
                ]
            ),
            ("oslo_concurrency", [("lock_path", "\(folder)/locks")]),
            (
                "auth",
                [
                    ("use_dynamic_credentials", "true"), ("create_isolated_networks", "true"),
                    ("tempest_roles", "member"), ("admin_username", login.user), ("admin_password", login.password),
                    ("admin_project_name", login.project), ("admin_domain_name", "Default"),
                ]
            ),
            identity,
            ("identity-feature-enabled", [("application_credentials", "true"), ("access_rules", "true")]),
            ("service_available", services),
            compute,
            computeFeatures,
            image,
            ("image-feature-enabled", [("import_image", flag(!features.importMethods.isEmpty))]),
            network,
            (
                "network-feature-enabled",
                [
                    ("api_extensions", features.networkExtensions.joined(separator: ",")),
                    ("port_security", flag(features.networkExtensions.contains("port-security"))),
                    ("ipv6_subnet_attributes", "true"),
                ]
            ),
            ("placement", microversions(features.placement)),
            ("volume", [("build_timeout", "600")] + microversions(features.volume)),
            validation,
            (
                "scenario",
                [
                    ("img_file", "\(folder)/guest.qcow2"), ("img_disk_format", "qcow2"), ("dhcp_client", "udhcpc"),
                ]
            ),
        ]
    }

    private var identity: Section {
        var keys = [
            ("auth_version", "v3"), ("uri_v3", login.url), ("region", login.region), ("v3_endpoint_type", "public"),
        ]
        if let file = login.authorityFile { keys.append(("ca_certificates_file", file)) }
        return ("identity", keys)
    }

    /// The suite's names of services, with the types that each has in catalogues.
    private static let services: [(name: String, types: Set<String>)] = [
        ("nova", ["compute"]), ("neutron", ["network"]), ("glance", ["image"]),
        ("cinder", ["block-storage", "volumev3"]), ("swift", ["object-store"]), ("heat", ["orchestration"]),
        ("designate", ["dns"]), ("horizon", ["dashboard"]),
    ]

    private var services: [(String, String)] {
        Self.services.map { ($0.name, flag(!$0.types.isDisjoint(with: features.services))) }
    }

    private var compute: Section {
        let images = parts.images
        let flavors = parts.flavors
        var keys = [
            ("build_timeout", "600"), ("min_compute_nodes", "\(features.computeNodes)"),
            ("hypervisor_type", "QEMU"), ("volume_device_name", "vdb"),
        ]
        if let first = images.first, let last = images.last { keys += [("image_ref", first), ("image_ref_alt", last)] }
        if let first = flavors.first, let last = flavors.last {
            keys += [("flavor_ref", first), ("flavor_ref_alt", last)]
        }
        return ("compute", keys + microversions(features.compute))
    }

    private var computeFeatures: Section {
        let moves = features.computeNodes > 1
        return (
            "compute-feature-enabled",
            [
                ("resize", flag(moves || features.resizesInPlace)), ("cold_migration", flag(moves)),
                ("live_migration", flag(moves)), ("live_migrate_back_and_forth", flag(moves)),
                ("block_migration_for_live_migration", flag(moves)), ("vnc_console", flag(features.hasConsoles)),
                ("console_output", "true"), ("rescue", "true"), ("stable_rescue", "true"),
                ("ide_bus", "false"),  // instances are of the machine type q35
                ("hostname_fqdn_sanitization", "true"), ("pause", "true"), ("suspend", "true"),
                ("shelve", "true"), ("snapshot", "true"), ("interface_attach", "true"), ("config_drive", "true"),
                ("personality", "false"), ("metadata_service", "true"),
            ]
        )
    }

    private var image: Section {
        ("image", [("build_timeout", "600"), ("http_image", imageURL), ("http_qcow2_image", imageURL)])
    }

    private var network: Section {
        // The addresses are reserved for tests of devices (RFC 2544), like all networks that Minke creates by itself.
        var keys = [
            ("project_network_cidr", "198.19.64.0/18"), ("project_network_mask_bits", "28"), ("build_timeout", "600"),
        ]
        if let external = parts.external {
            keys += [("public_network_id", external.id), ("floating_network_name", external.name)]
        }
        return ("network", keys)
    }

    private var validation: Section {
        (
            "validation",
            [
                ("run_validation", flag(parts.external != nil)), ("connect_method", "floating"),
                ("auth_method", "keypair"), ("image_ssh_user", imageUser),
                ("ssh_key_type", "ecdsa"), ("ping_timeout", "600"), ("ssh_timeout", "600"),
            ]
        )
    }

    private func microversions(_ versions: CloudFeatures.Versions?) -> [(String, String)] {
        versions.map { [("min_microversion", $0.lowest), ("max_microversion", $0.highest)] } ?? []
    }

    private func flag(_ value: Bool) -> String { value ? "true" : "false" }
}
