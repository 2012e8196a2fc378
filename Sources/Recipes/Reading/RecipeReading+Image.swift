import Documents
import Model

/// A node role that images are for.
private enum NodeRole: String, CaseIterable { case controller, compute }

extension RecipeReading {
    func image(_ reader: MappingReader) -> ImageRecipe? {
        var image = ImageRecipe()
        if let entry = reader.exactlyOne(of: ["parent", "root"]) {
            if entry.key == "parent" {
                image.parent = reader.read(entry, .label)
            } else {
                image.root = reader.read(entry, .object { self.root($0) })
            }
        }
        image.arguments = reader.value("arguments", .dictionary(of: .text), default: [:])
        image.groups = reader.value("groups", groups, default: [:])
        image.node = reader.optional("node", .oneOf(NodeRole.self))?.rawValue
        image.releases = reader.optional("releases", .list(of: .label))
        return image
    }

    private var groups: NodeReader<[String: String]> {
        NodeReader { node, context in
            NodeReader<[(key: String, value: String)]>.named { key, place, node, inner in
                if Labels.reserved.contains(key) {
                    context.problems.add(
                        at: place, "\(context.path) has \"\(key)\", a label that Minke sets itself",
                        remedy: "give the group another name")
                }
                return NodeReader<String>.label.read(node, inner)
            }.read(node, context).map { Dictionary($0.map { ($0.key, $0.value) }) { first, _ in first } }
        }
    }

    private func root(_ reader: MappingReader) -> RootRecipe? {
        var root = RootRecipe()
        root.variant = reader.value("variant", .label, default: root.variant)
        root.packages = reader.value("packages", .list(of: .filled), default: [])
        root.dpkg = reader.value("dpkg", .list(of: .filled), default: [])
        root.apt = reader.value("apt", .list(of: .filled), default: [])
        root.files = reader.optional("files", .relativePath)
        root.finish = reader.value("finish", .list(of: .filled), default: [])
        return root
    }
}
