import Layouts
import Model
import Recipes

extension ScopeBuilder {
    /// The further networks of members that hold pods, by name; the members in a pod share its holder's.
    func furtherNetworksOfHolders() -> [String: [Environment.FurtherNetwork]] {
        var networks: [String: [Environment.FurtherNetwork]] = [:]
        for service in layout.services where service.recipe.holdsPod {
            for member in service.members {
                networks[member.name] = layout.environment.furtherNetworks(of: service.recipe)
            }
        }
        return networks
    }

    /// A member as templates see it; `networks` are those of the members that hold pods.
    func describe(
        _ member: LaidOutMember, of service: LaidOutService, networks: [String: [Environment.FurtherNetwork]]
    ) -> Value {
        let environment = layout.environment
        let own = member.pod.flatMap { networks[$0] } ?? environment.furtherNetworks(of: service.recipe)
        let further = own.compactMap { network in
            member.address.map {
                (key: network.name, value: Value.string(environment.address($0, on: network).description))
            }
        }
        return .record { (field: TemplateScope.Member) in
            switch field {
            case .name: .string(member.name)
            case .index: .int(member.index)
            case .address: .string(member.address?.description ?? "")
            case .host: .string(member.host)
            case .hostname: .string(member.pod ?? member.name)
            case .pod: .string(member.pod ?? "")
            case .addresses: .byName(further)
            }
        }
    }
}
