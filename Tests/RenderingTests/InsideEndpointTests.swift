import Layouts
import Model
import Rendering
import TestTools
import Testing

@testable import Recipes

/// Endpoints that are for the environment's own services alone.
@Suite struct InsideEndpointTests {
    private static func service(_ name: String, port: Int, _ more: String = "") -> (String, String) {
        (
            "recipes/\(name)/recipe.yaml",
            """
            summary: \(name)
            image: {parent: root}
            service:
              command: [\(name)]
              listeners: {api: {port: 8000, protocol: http}}
              endpoints: {\(name): {listener: api, ports: [\(port)], path: /v1\(more)}}
            """
        )
    }

    private static let front = """
        summary: front
        image: {parent: root}
        service:
          command: [front]
          front: true
          files: {urls: {content: "{{ endpoints.inner.public }} {{ endpoints.inner.public_base }}"}}
        """
    private static let published = """
        summary: published
        image: {parent: root}
        service:
          command: [published]
          listeners: {api: {port: 8000, protocol: http}}
          published: {api: 8775}
        """

    private func layout(_ services: [(String, String)]) throws -> Layout {
        var files = [
            "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
            "recipes/front/recipe.yaml": Self.front,
            "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        ]
        for (path, text) in services { files[path] = text }
        let names = files.keys.compactMap { path in
            path.hasPrefix("recipes/") && !path.contains("/root/")
                ? path.split(separator: "/").dropFirst().first.map(String.init) : nil
        }
        let environment = try Environment.parse(
            text: "services: {\(names.sorted().map { "\($0): 1" }.joined(separator: ", "))}\n", file: "lab.yaml")
        let catalog = try Catalog.parse(files: files, folder: "c", recipes: names)
        return try Layout(environment: environment, catalog: catalog, kept: [:])
    }

    @Test func theFrontPublishesOnlyWhatIsPublic() throws {
        let layout = try layout([
            Self.service("inner", port: 8775, ", public: false"), Self.service("outer", port: 8776),
            ("recipes/published/recipe.yaml", Self.published),
        ])
        let resolver = Resolver(
            layout: layout, secrets: [:], images: [:])
        let desired = try resolver.desiredState()
        let front = try #require(desired.members.first { $0.name == "front1" })
        #expect(front.specification.ports.map(\.hostPort) == [8776])
        let inner = try #require(layout.endpoints().first { $0.name == "inner" })
        #expect(inner.publicURL == nil)
        #expect(inner.internalURL == "http://\(inner.host):8775/v1")
        #expect(
            try resolver.files(ofMember: "front1").first?.text
                == "\(inner.internalURL) http://\(inner.host):8775")
    }

    @Test func theFrontHasAPortOnce() {
        let refusal = thrown(Problems.self) {
            _ = try layout([
                Self.service("inner", port: 8775, ", public: false"), Self.service("outer", port: 8775),
            ])
        }
        #expect("\(String(describing: refusal))".contains("outer and inner both want port 8775"))
    }
}
