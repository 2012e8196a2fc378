import Foundation
import Model
import System
import Testing

@testable import Templates

/// Every template of the catalogue, rendered by Python's Jinja too.
@Suite struct CatalogTests {
    /// What templates see that is no plain text or number: docs/reference/recipe.yaml lists it.
    private static let known: [String: Value] = [
        "member": [
            "name": "api1", "index": 0, "address": "198.18.0.10", "host": "local", "hostname": "api1.minke.local",
        ],
        "service": ["name": "api", "members": members],
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
                        ["name": "keystone1", "address": "198.18.0.11", "port": 5000, "slot": "a"],
                        ["name": "keystone2", "address": "198.18.0.12", "port": 5000, "slot": "b"],
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
        ["name": "api1", "index": 0, "address": "198.18.0.10", "host": "local"],
        ["name": "api2", "index": 1, "address": "198.18.0.11", "host": "local"],
    ]

    @Test func rendersTheCataloguesTemplatesAsPythonsJinjaDoes() async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("catalog").path
        let paths = try Files.tree(folder).map(\.path).filter { $0.hasSuffix(".j2") }
        #expect(!paths.isEmpty)
        for path in paths {
            let source = try Files.readText(folder + "/" + path)
            let template = try Template(source, name: path)
            var rendered = 0
            for sample in [Value.string("it's \"one\" \\ <va/l_ue> 100%"), 7] {
                let context = CatalogTests.context(for: template, sample: sample)
                let outcome = try await Reference.render([source], with: context)[0]
                do {
                    let text = try template.render(Scope([context]))
                    #expect(text == outcome.text, "\(path), where Jinja says \(outcome.error ?? "otherwise")")
                    rendered += 1
                } catch {
                    #expect(outcome.error != nil, "\(error), and Jinja renders it")
                }
            }
            #expect(rendered > 0, "\(path) reads something that this test's samples are not like")
        }
    }

    /// What is known, and a sample for everything else that the template reads.
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
