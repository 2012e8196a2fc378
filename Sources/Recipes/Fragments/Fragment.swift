import Documents
import Model

/// Keys that several recipes have in common: a file of the catalogue's folder fragments/, with parameters.
///
/// docs/reference/fragment.yaml explains the form.
struct Fragment {
    /// A value that a recipe gives to a fragment.
    struct Parameter {
        let name: String
        let help: String
        /// The value for recipes that give none; nil where every recipe has to give one.
        let standard: YAMLNode?
    }

    let name: String
    let parameters: [Parameter]
    /// The keys that a recipe gets, in which `<name>` stands for the value of a parameter.
    let body: YAMLNode

    /// Reads the document of a fragment; nil where a problem was added.
    init?(_ node: YAMLNode, name: String, problems: ProblemList) {
        let own = ["summary", "parameters"]
        guard let entries = node.entries else {
            problems.add(at: node.place, "fragment \(name) is \(node.value.kind), expected a mapping")
            return nil
        }
        let head = YAMLNode(.mapping(entries.filter { own.contains($0.key) }), at: node.place)
        let read = NodeReader<[Parameter]>.object { reader in
            guard reader.required("summary", .filled) != nil else { return nil }
            return reader.value("parameters", Self.parameters, default: [])
        }.read(head, ReadingContext(problems: problems))
        guard let parameters = read else { return nil }
        self.name = name
        self.parameters = parameters
        body = YAMLNode(.mapping(entries.filter { !own.contains($0.key) }), at: node.place)
    }

    /// The parameters: a mapping of names to their help, or to a mapping with `help` and `default`.
    private static var parameters: NodeReader<[Parameter]> {
        NodeReader<[(key: String, value: Parameter)]>.named { name, place, node, context in
            guard Names.isLabel(name) else {
                context.problems.add(at: place, "the parameter \"\(name)\" is not \(Names.labelForm)")
                return nil
            }
            if node.scalar != nil {
                return NodeReader<String>.filled.read(node, context).map {
                    Parameter(name: name, help: $0, standard: nil)
                }
            }
            return NodeReader<Parameter>.object { reader in
                let standard = reader.has("default") ? node["default"] : nil
                return reader.required("help", .filled).map { Parameter(name: name, help: $0, standard: standard) }
            }.read(node, context)
        }.mapped(expecting: "a mapping") { $0.map(\.value) }
    }
}
