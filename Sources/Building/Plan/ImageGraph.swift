import Model

/// A graph of images and their parents.
public struct ImageGraph: Sendable, Hashable {
    /// One image of the graph.
    public struct Node: Sendable, Hashable {
        /// The name of the recipe.
        public let name: String
        /// The name of the parent's recipe; nil for a root image.
        public let parent: String?
        /// The image's identity; see `ImageIdentity`.
        public let identity: String
        /// The recipe's own description, one line.
        public let summary: String
    }

    /// The images, parents before children.
    public let nodes: [Node]

    /// Creates the graph of the images and all their ancestors.
    public init(_ plan: ImagePlan, _ images: [PlannedImage]) {
        var names: Set<String> = []
        for image in images {
            var next: PlannedImage? = image
            while let image = next, names.insert(image.name).inserted { next = image.parent.flatMap { plan[$0] } }
        }
        nodes = plan.images.filter { names.contains($0.name) }.map {
            Node(name: $0.name, parent: $0.parent, identity: $0.identity, summary: $0.recipe.summary)
        }
    }

    /// The graph as a tree, children indented below their parents.
    public var text: String {
        var lines: [String] = []
        func add(below parent: String?, indent: String) {
            let children = nodes.filter { $0.parent == parent }.sorted { $0.name < $1.name }
            for (index, child) in children.enumerated() {
                let isLast = index == children.count - 1
                let branch = parent == nil ? "" : isLast ? "└── " : "├── "
                lines.append("\(indent)\(branch)\(child.name)")
                add(below: child.name, indent: indent + (parent == nil ? "" : isLast ? "    " : "│   "))
            }
        }
        add(below: nil, indent: "")
        return lines.joined(separator: "\n")
    }

    /// The graph in Graphviz's language, DOT.
    public var dot: String {
        let lines = nodes.map { node in
            node.parent.map { "  \"\($0)\" -> \"\(node.name)\";" } ?? "  \"\(node.name)\";"
        }
        return (["digraph images {", "  rankdir=LR;", "  node [shape=box];"] + lines + ["}"]).joined(separator: "\n")
    }

    /// The graph as a Mermaid flowchart. Nodes are numbered, since some names are keywords of Mermaid.
    public var mermaid: String {
        let numbers = Dictionary(nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        func identifier(_ name: String) -> String { "n\(numbers[name] ?? 0)" }
        let lines = nodes.map { "  \(identifier($0.name))[\"\($0.name)\"]" }
        let edges = nodes.compactMap { node in
            node.parent.map { "  \(identifier($0)) --> \(identifier(node.name))" }
        }
        return (["flowchart LR"] + lines + edges).joined(separator: "\n")
    }

    /// The graph as JSON.
    public var value: Value {
        .list(
            nodes.map { node in
                [
                    "recipe": .string(node.name), "parent": node.parent.map { .string($0) } ?? .null,
                    "identity": .string(node.identity), "summary": .string(node.summary),
                ]
            })
    }
}
