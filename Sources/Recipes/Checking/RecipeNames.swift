import Documents
import Model

/// The names that a recipe defines, taken from its document, so that one invalid entry does not cause further problems.
struct RecipeNames {
    let hasService: Bool
    let isFront: Bool
    let linksHosts: Bool
    let holdsPod: Bool
    let listeners: [String]
    let endpoints: [String]
    let settings: [String]
    let secrets: [String]
    let generated: [String]
    let volumes: [String]
    let jobs: [String]
    let sidecars: [String]
    let provides: [String]
    /// The service that each requirement names.
    let requires: [(name: String, service: String)]

    init(_ node: YAMLNode) {
        let service = node["service"]
        func keys(_ name: String) -> [String] { service?[name]?.entries?.map(\.key) ?? [] }
        hasService = service != nil
        isFront = service?["front"]?.scalar?.value.bool ?? false
        linksHosts = service?["links-hosts"]?.scalar?.value.bool ?? false
        holdsPod = service?["holder"]?.scalar?.value.bool ?? false
        listeners = keys("listeners")
        endpoints = keys("endpoints")
        settings = keys("settings")
        secrets = keys("secrets")
        generated = keys("generated")
        volumes = keys("volumes")
        jobs = keys("jobs")
        sidecars = keys("sidecars")
        provides = keys("provides")
        requires = service?["requires"]?.entries?.map { ($0.key, $0.value["service"]?.scalar?.text ?? "") } ?? []
    }
}

/// A recipe under check, with the document that it was read from.
struct RecipeDocument {
    let name: String
    let node: YAMLNode
    let names: RecipeNames
    /// The recipe; nil where it could not be read whole.
    let recipe: Recipe?
    let templates: [UsedTemplate]
    /// The files of templates/, by their paths below it.
    let templateFiles: [String: CatalogFile]
    let namedFiles: Set<String>

    /// The place of the node at the end of a path of keys, or of the last node on the path that exists.
    func place(_ path: String...) -> Place { place(path) }

    func place(_ path: [String]) -> Place {
        var node = node
        for key in path {
            guard let next = node[key] else { break }
            node = next
        }
        return node.place
    }

    /// The place of the last key of a path, or of the last node on the path that exists.
    func keyPlace(_ path: String...) -> Place { keyPlace(path) }

    func keyPlace(_ path: [String]) -> Place {
        var node = node
        for key in path.dropLast() {
            guard let next = node[key] else { return node.place }
            node = next
        }
        return path.last.flatMap { node.entry($0)?.keyPlace } ?? node.place
    }
}
