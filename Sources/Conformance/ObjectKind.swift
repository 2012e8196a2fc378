/// A kind of object that tests create in a cloud, with the API paths to list and remove it.
public struct ObjectKind: Sendable, Hashable {
    /// The kind in words, in the singular.
    let words: String
    /// The service's type in Keystone's catalogue.
    let service: String
    /// The path and query of the list with the objects of all projects.
    let list: String
    /// The key of the list in the answer.
    let key: String
    /// The key under which each entry of the list has its object; nil if the list has the objects directly.
    var wrapping: String?
    /// The path of one object without its identifier.
    var path: String
    /// The field with the object's identifier.
    var id = "id"
    /// The field with the object's name.
    var name = "name"

    init(
        _ words: String, _ service: String, _ list: String, _ key: String, wrapping: String? = nil,
        path: String? = nil, id: String = "id", name: String = "name"
    ) {
        self.words = words
        self.service = service
        self.list = list
        self.key = key
        self.wrapping = wrapping
        self.path = path ?? String(list.prefix { $0 != "?" })
        self.id = id
        self.name = name
    }

    /// All kinds, in an order in which they can be removed.
    static let all: [ObjectKind] = [
        ObjectKind("instance", "compute", "/servers/detail?all_tenants=1", "servers", path: "/servers"),
        ObjectKind("server group", "compute", "/os-server-groups?all_projects=True", "server_groups"),
        ObjectKind("aggregate", "compute", "/os-aggregates", "aggregates"),
        ObjectKind("key pair", "compute", "/os-keypairs", "keypairs", wrapping: "keypair", id: "name"),
        ObjectKind("flavor", "compute", "/flavors/detail?is_public=None", "flavors", path: "/flavors"),
        ObjectKind("floating IP", "network", "/floatingips", "floatingips", name: "floating_ip_address"),
        ObjectKind("trunk", "network", "/trunks", "trunks"),
        ObjectKind("router", "network", "/routers", "routers"),
        ObjectKind("port", "network", "/ports", "ports"),
        ObjectKind("subnet", "network", "/subnets", "subnets"),
        ObjectKind("network", "network", "/networks", "networks"),
        ObjectKind("subnet pool", "network", "/subnetpools", "subnetpools"),
        ObjectKind("address scope", "network", "/address-scopes", "address_scopes"),
        ObjectKind("address group", "network", "/address-groups", "address_groups"),
        ObjectKind("security group", "network", "/security-groups", "security_groups"),
        ObjectKind("metering label", "network", "/metering/metering-labels", "metering_labels"),
        ObjectKind("QoS policy", "network", "/qos/policies", "policies"),
        ObjectKind("backup", "block-storage", "/backups/detail?all_tenants=1", "backups", path: "/backups"),
        ObjectKind("snapshot", "block-storage", "/snapshots/detail?all_tenants=1", "snapshots", path: "/snapshots"),
        ObjectKind("volume group", "block-storage", "/groups/detail?all_tenants=1", "groups", path: "/groups"),
        ObjectKind("volume", "block-storage", "/volumes/detail?all_tenants=1", "volumes", path: "/volumes"),
        ObjectKind("volume type", "block-storage", "/types?is_public=None", "volume_types"),
        ObjectKind("volume QoS", "block-storage", "/qos-specs", "qos_specs"),
        ObjectKind("image", "image", "/images?limit=1000", "images"),
        ObjectKind(
            "metadata namespace", "image", "/metadefs/namespaces?limit=1000", "namespaces", id: "namespace",
            name: "namespace"),
        ObjectKind("endpoint", "identity", "/endpoints", "endpoints", name: "url"),
        ObjectKind("service", "identity", "/services", "services"),
        ObjectKind("region", "identity", "/regions", "regions", name: "description"),
        ObjectKind("trust", "identity", "/OS-TRUST/trusts", "trusts", name: "id"),
        ObjectKind("credential", "identity", "/credentials", "credentials", name: "type"),
        ObjectKind("policy", "identity", "/policies", "policies", name: "type"),
        ObjectKind("consumer", "identity", "/OS-OAUTH1/consumers", "consumers", name: "description"),
        ObjectKind(
            "identity provider", "identity", "/OS-FEDERATION/identity_providers", "identity_providers", name: "id"),
        ObjectKind("mapping", "identity", "/OS-FEDERATION/mappings", "mappings", name: "id"),
        ObjectKind(
            "service provider", "identity", "/OS-FEDERATION/service_providers", "service_providers", name: "id"),
        ObjectKind("limit", "identity", "/registered_limits", "registered_limits", name: "resource_name"),
        ObjectKind("user", "identity", "/users", "users"),
        ObjectKind("group", "identity", "/groups", "groups"),
        ObjectKind("project", "identity", "/projects", "projects"),
        ObjectKind("role", "identity", "/roles", "roles"),
        ObjectKind("domain", "identity", "/domains", "domains"),
    ]
}
