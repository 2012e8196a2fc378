import Layouts
import Model
import Recipes
import Templates

/// The values that the templates of a service see; a member's own values are added on top.
struct ServiceScope: Sendable {
    var scope = Scope()
    /// The values of `members`, by index.
    var members: [Value] = []
    /// The settings of members that have some of their own, by the members' names.
    var memberSettings: [String: Value] = [:]
    /// The requirements of members in a pod, by the pod's name.
    var podRequirements: [String: Value] = [:]

    func scope(for member: LaidOutMember) -> Scope {
        var layer: [String: Value] = ["member": member.index < members.count ? members[member.index] : .null]
        if let settings = memberSettings[member.name] { layer["settings"] = settings }
        if let pod = member.pod, let requirements = podRequirements[pod] { layer["requires"] = requirements }
        return scope.adding(layer)
    }
}

/// Builds the values that templates see, each part once.
struct ScopeBuilder {
    let layout: Layout
    let secrets: [String: String]
    let images: [String: ObservedImage]

    func scopes() -> [String: ServiceScope] {
        var members: [String: [Value]] = [:]
        let networks = furtherNetworksOfHolders()
        for service in layout.services {
            members[service.name] = service.members.map { describe($0, of: service, networks: networks) }
        }
        let base = Scope([environmentLayer(), ["endpoints": endpoints()]])
        var scopes: [String: ServiceScope] = [:]
        for service in layout.services {
            var scope = ServiceScope()
            let own = members[service.name] ?? []
            var layer: [String: Value] = [
                "settings": underscored(service.settings),
                "secrets": values(of: service.recipe.secrets, in: service),
                "generated": values(of: service.recipe.generated, in: service),
                "service": .map(ValueMap([("name", .string(service.name)), ("members", .list(own))])),
                "requires": requirements(of: service, members: members, pod: nil),
                "release": .map(releaseValues(service.release)),
                "image": .map(
                    ValueMap([
                        ("name", .string(service.image)),
                        ("identity", .string(images[service.image]?.identity ?? "")),
                    ])),
            ]
            if service.recipe.isFront { layer["front"] = .map(ValueMap([("endpoints", .list(frontEndpoints()))])) }
            if service.recipe.linksHosts { layer["links"] = .list(layout.environment.links.map(\.value)) }
            scope.scope = base.adding(layer)
            scope.members = own
            for member in service.members where !member.settings.isEmpty {
                scope.memberSettings[member.name] = underscored(service.settings.merging(member.settings))
            }
            for pod in service.members.compactMap(\.pod) {
                scope.podRequirements[pod] = requirements(of: service, members: members, pod: pod)
            }
            scopes[service.name] = scope
        }
        return scopes
    }

    /// The further networks of members that hold pods, by name; the members in a pod share its holder's.
    private func furtherNetworksOfHolders() -> [String: [Environment.FurtherNetwork]] {
        var networks: [String: [Environment.FurtherNetwork]] = [:]
        for service in layout.services where service.recipe.holdsPod {
            for member in service.members {
                networks[member.name] = layout.environment.furtherNetworks(of: service.recipe)
            }
        }
        return networks
    }

    private func describe(
        _ member: LaidOutMember, of service: LaidOutService, networks: [String: [Environment.FurtherNetwork]]
    ) -> Value {
        var further = ValueMap()
        let own = member.pod.flatMap { networks[$0] } ?? layout.environment.furtherNetworks(of: service.recipe)
        if let address = member.address {
            for network in own {
                further[network.name] = .string(layout.environment.address(address, on: network).description)
            }
        }
        return .map(
            ValueMap([
                ("name", .string(member.name)), ("index", .int(member.index)),
                ("address", .string(member.address?.description ?? "")), ("host", .string(member.host)),
                ("hostname", .string(member.pod ?? member.name)), ("pod", .string(member.pod ?? "")),
                ("addresses", underscored(further)),
            ]))
    }

    private static func describe(_ network: Environment.Network) -> Value {
        let subnet = IPv4Network(address: network.subnet.network, prefix: network.subnet.prefix)
        return .map(
            ValueMap([
                ("subnet", .string(subnet.description)),
                ("gateway", .string((network.gateway ?? subnet.firstHost).description)),
                ("prefix", .int(subnet.prefix)), ("mtu", .int(network.mtu ?? 1500)),
            ]))
    }

    private func environmentLayer() -> [String: Value] {
        let environment = layout.environment
        let network = environment.network
        let release = environment.images.release ?? layout.services.first?.release.name ?? ""
        return [
            "environment": .map(
                ValueMap([
                    ("name", .string(environment.name)), ("domain", .string(environment.domain)),
                    ("release", .string(release)), ("version", .string(environment.images.version)),
                    ("region", .string(environment.regions.first ?? "RegionOne")),
                    ("regions", .list(environment.regions.map(Value.string))),
                ])),
            "network": Self.describe(network),
            "networks": underscored(
                ValueMap(environment.furtherNetworks.map { ($0.name, Self.describe($0.network)) })),
            "public": .map(
                ValueMap([
                    ("host", .string(environment.access.host)),
                    ("address", .string(environment.access.address.description)),
                    ("scheme", .string(environment.access.usesTLS ? "https" : "http")),
                    ("tls", .bool(environment.access.usesTLS)),
                ])),
            "common": .map(environment.common),
        ]
    }

    private func values(of recipes: [SecretRecipe], in service: LaidOutService) -> Value {
        var values = ValueMap()
        for secret in recipes {
            let value = secrets[Resolver.secretKey(secret, service: service.name)] ?? ""
            values[secret.name] = .string(value)
        }
        return underscored(values)
    }

    private func releaseValues(_ release: Release) -> ValueMap {
        ValueMap([
            ("name", .string(release.name)), ("debian", .string(release.debian)),
            ("openstack", .string(release.openstack)),
        ]).merging(release.values)
    }

    private func requirements(of service: LaidOutService, members: [String: [Value]], pod: String?) -> Value {
        var values = ValueMap()
        for requirement in service.recipe.requires {
            let provider = layout.service(requirement.service)
            let all = members[requirement.service] ?? []
            let listed = (provider?.members(seenFrom: pod) ?? []).compactMap { seen in
                seen.index < all.count ? all[seen.index] : nil
            }
            let ports = provider?.recipe.listeners.map { ($0.name, Value.int($0.port)) } ?? []
            let value = ValueMap([
                ("address", listed.first?["address"] ?? ""), ("name", listed.first?["name"] ?? ""),
                ("members", .list(listed)), ("ports", .map(ValueMap(ports))),
            ])
            values[requirement.name] = .map(value)
        }
        return underscored(values)
    }

    /// The map with underscores in place of hyphens as well, since Jinja's attributes cannot have hyphens.
    private func underscored(_ map: ValueMap) -> Value {
        var copy = map
        for (key, value) in map where key.contains("-") {
            copy[key.replacingHyphens()] = value
        }
        return .map(copy)
    }
}

extension String {
    /// The name with underscores in place of hyphens, as templates may write it.
    func replacingHyphens() -> String { String(map { $0 == "-" ? "_" : $0 }) }
}
