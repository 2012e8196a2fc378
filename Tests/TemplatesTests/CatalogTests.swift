import Documents
import Model
import System
import Testing

@testable import Templates

/// A comparison with Python's Jinja of every template of the catalogue.
@Suite struct CatalogTests {
    /// The names with values that are no plain text or number; docs/reference/recipe.yaml lists them.
    private static let known: [String: Value] = [
        "member": [
            "name": "api1", "index": 0, "address": "198.18.0.10", "host": "local", "hostname": "api1.minke.local",
        ],
        "service": ["name": "api", "members": members],
        "settings": ["hosts": ["cloud.example.org", "it's \"one\""]],  // a list that is added to another one
        "network": ["subnet": "198.18.0.0/24", "gateway": "198.18.0.1", "prefix": 24],
        "links": [
            [
                "network": "minke-lab", "device": "mk0123456789", "id": 7, "mtu": 1450,
                "ends": [
                    ["host": "local", "address": "192.0.2.1", "gateway": "198.18.0.1"],
                    ["host": "second", "address": "192.0.2.2", "gateway": "198.18.0.209"],
                ],
            ]
        ],
        "front": [
            "endpoints": [
                [
                    "name": "identity", "service": "keystone", "mode": "http", "public": true,
                    "internal_port": 5000,
                    "ports": [["port": 5000, "container_port": 5000], ["port": 35357, "container_port": 35357]],
                    "check": ["path": "/healthcheck", "status": [200, 300]], "timeout": 90,
                    "servers": [
                        ["name": "keystone1", "address": "198.18.0.11", "port": 5000, "slot": "a", "capacity": 4],
                        ["name": "keystone2", "address": "198.18.0.12", "port": 5000, "slot": "b", "capacity": nil],
                    ],
                ],
                [
                    "name": "database", "service": "mariadb", "mode": "tcp", "public": false,
                    "internal_port": 3306, "ports": [["port": 3306, "container_port": 13306]],
                    "check": nil, "timeout": nil, "servers": [],
                ],
            ]
        ],
    ]
    private static let members: Value = [
        ["name": "api1", "index": 0, "address": "198.18.0.10", "host": "local", "pod": "node1"],
        ["name": "api2", "index": 1, "address": "198.18.0.11", "host": "local", "pod": "node2"],
    ]

    private static let folder = "\(Files.folder(of: Files.folder(of: Files.folder(of: #filePath))))/catalog"
    private static let samples = [Value.string("it's \"one\" \\ <va/l_ue> 100%"), 7]

    @Test func rendersTheCataloguesTemplatesAsPythonsJinjaDoes() async throws {
        let paths = try Files.tree(Self.folder).map(\.path).filter { $0.hasSuffix(".j2") }
        #expect(!paths.isEmpty)
        try await compare(try paths.map { ($0, try Files.readText("\(Self.folder)/\($0)")) })
    }

    /// A comparison of the templates in recipes and fragments themselves, which are most; parameters of fragments are
    /// texts in them.
    @Test func rendersTheTemplatesInRecipesAsPythonsJinjaDoes() async throws {
        var templates: [(place: String, source: String)] = []
        let recipes = try Files.names(in: "\(Self.folder)/recipes").map { "recipes/\($0)/recipe.yaml" }
        for file in try recipes + Files.names(in: "\(Self.folder)/fragments").map({ "fragments/\($0)" }) {
            let node = try YAMLNode.parse(text: try Files.readText("\(Self.folder)/\(file)"), file: file)
            Self.addTemplates(of: node, to: &templates)
        }
        #expect(templates.count > 100)
        try await compare(templates)
    }

    private static func addTemplates(of node: YAMLNode, to list: inout [(place: String, source: String)]) {
        for entry in node.entries ?? [] { addTemplates(of: entry.value, to: &list) }
        for item in node.items ?? [] { addTemplates(of: item, to: &list) }
        if let text = node.scalar?.text, text.contains("{{") || text.contains("{%") {
            list.append(("\(node.place)", text))
        }
    }

    /// Renders each template with every sample, and requires that Jinja renders the same bytes or refuses it as well;
    /// at least one sample has to render.
    private func compare(_ templates: [(place: String, source: String)]) async throws {
        let parsed = try templates.map { try Template($0.source, name: $0.place) }
        var rendered: Set<Int> = []
        for sample in Self.samples {
            let contexts = parsed.map { Self.context(for: $0, sample: sample) }
            let outcomes = try await Reference.render(zip(templates, contexts).map { ($0.source, $1) })
            #expect(outcomes.count == templates.count)
            for (index, outcome) in outcomes.enumerated() {
                let place = templates[index].place
                do {
                    let text = try parsed[index].render(Scope([contexts[index]]))
                    let same = outcome.text.map { Array($0.utf8) == Array(text.utf8) } ?? false
                    #expect(same, "\(place): \(text), where Jinja says \(outcome.text ?? outcome.error ?? "")")
                    rendered.insert(index)
                } catch {
                    #expect(outcome.error != nil, "\(place): \(error), and Jinja renders it")
                }
            }
        }
        let left = templates.indices.filter { !rendered.contains($0) }.map { templates[$0].place }
        #expect(left == [], "these read something that this test's samples are not like")
    }

    /// The known values, and a sample for everything else that the template reads.
    private static func context(for template: Template, sample: Value) -> [String: Value] {
        var context = known
        for path in template.references.sorted(by: { $0.count > $1.count }) {
            context[path[0]] = adding(path.dropFirst(), to: context[path[0]], sample: sample)
        }
        return context
    }

    private static func adding(_ path: ArraySlice<String>, to value: Value?, sample: Value) -> Value {
        guard let name = path.first else { return value ?? sample }
        if case .list? = value { return value ?? sample }
        var map = value?.map ?? ValueMap()
        let inner = name == "members" ? map[name] ?? members : map[name]
        map[name] = adding(path.dropFirst(), to: inner, sample: sample)
        return .map(map)
    }
}
