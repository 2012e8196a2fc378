import Layouts
import Model
import Recipes
import TestEnvironments
import Testing

@testable import Rendering
@testable import Templates

/// The values that templates see, beside the definition of their names.
@Suite struct TemplateScopeTests {
    /// The places at which a value is not as the definition says.
    private func differences(_ value: Value, _ shape: ScopeShape, at path: String) -> [String] {
        switch (shape, value) {
        case (.anything, _): []
        case (.value, .map): ["\(path) is a mapping"]
        case (.value, _): []
        case (.record(let type), .map(let map)):
            type.fields.filter { map[$0.name] == nil }.map { "\(path) has no \($0.name)" }
                + map.flatMap { key, value -> [String] in
                    guard let field = type.fields.first(where: { $0.name == key }) else {
                        return ["\(path).\(key) is not defined"]
                    }
                    return differences(value, field.shape, at: "\(path).\(key)")
                }
        // A record that need not be there, such as the check of an endpoint.
        case (.record, .null): []
        case (.list(let type), .list(let items)):
            items.flatMap { differences($0, .record(type), at: path + "[N]") }
        case (.map(_, let below), .map(let map)):
            map.flatMap { differences($1, below, at: "\(path).\($0)") }
        default: ["\(path) is \(value.kind)"]
        }
    }

    private func sees(_ root: TemplateScope.Root, _ service: LaidOutService) -> Bool {
        switch root.condition {
        case nil: true
        case .front: service.recipe.isFront
        case .linkingHosts: service.recipe.linksHosts
        // It is added where a grant's input is rendered.
        case .grantInput: false
        }
    }

    private func check(_ resolver: Resolver) throws {
        for service in resolver.layout.services {
            let own = try #require(resolver.scopes[service.name])
            for member in service.members {
                let scope = own.scope(for: member)
                let wanted = TemplateScope.Root.allCases.filter { sees($0, service) }
                #expect(scope.names == Set(wanted.map(\.name)), "\(member.name)")
                for root in wanted {
                    let value = scope.lookup(root.name) ?? .null
                    #expect(differences(value, root.shape, at: root.name) == [], "\(member.name)")
                }
            }
        }
    }

    @Test(arguments: ["identity", "openstack", "openstack-2"])
    func everyServiceSeesWhatIsDefined(environment: String) throws {
        try check(try ResolvedEnvironment(file: environment).resolver)
    }

    @Test func hostsThatAreLinkedSeeTheirLinks() throws {
        let resolver = try ResolvedEnvironment.onTwoHosts().resolver
        try check(resolver)
        #expect(resolver.layout.services.contains { $0.recipe.linksHosts && !$0.members.isEmpty })
    }

    /// Names with hyphens are names with underscores as well, wherever others choose them.
    @Test func hyphensMayBeUnderscores() {
        let value = Value.byName([(key: "a-b", value: 1), (key: "c", value: 2)])
        #expect(value == ["a-b": 1, "c": 2, "a_b": 1])
    }
}
