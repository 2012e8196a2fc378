import Documents
import Model
import Templates

extension RecipeReading {
    /// The files by their path below /etc/minke, in the order of the document.
    var files: NodeReader<[FileRecipe]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: FileRecipe)]>.named { path, place, node, inner in
                if !Names.isRelativePath(path) {
                    inner.problems.add(
                        at: place, "\(context.path) has \"\(path)\", expected a path below /etc/minke without . and ..")
                }
                return NodeReader<FileRecipe>.object { self.file(path, $0) }.read(node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    private func file(_ path: String, _ reader: MappingReader) -> FileRecipe? {
        var content: FileRecipe.Content?
        if let entry = reader.exactlyOne(of: ["ini", "template", "content", "certificate", "authority"]) {
            switch entry.key {
            case "ini": content = reader.read(entry, sections).map { .ini($0) }
            case "template": content = reader.read(entry, templateFile()).map { .template($0) }
            case "content": content = reader.read(entry, template).map { .template($0) }
            case "certificate": content = reader.read(entry, .object { self.certificate($0) })
            default: content = reader.read(entry, authority)
            }
        }
        let onChange = reader.optional("on-change", .oneOf(ChangeCost.self))
        let mode = reader.optional("mode", .permissions)
        let condition = reader.optional("when", template)
        let receivers = reader.optional("for", .list(of: .label))
        let options = reader.optional("options", .label)
        if options != nil, reader.node["ini"] == nil {
            problems.add(
                at: reader.node.entry("options")?.keyPlace, "file \(path) has `options`, and they are for an INI file",
                remedy: "give the file as `ini:`, or leave `options` out")
        }
        let hasReferences = reader.value("references", .bool, default: false)
        guard let content else { return nil }
        var file = FileRecipe(path: path, content: content)
        file.onChange = onChange ?? file.onChange
        file.mode = mode ?? file.mode
        file.condition = condition
        file.receivers = receivers
        file.options = options
        file.hasReferences = hasReferences
        return file
    }

    private func certificate(_ reader: MappingReader) -> FileRecipe.Content? {
        reader.required("names", .list(of: template)).map { .certificate(names: $0) }
    }

    private var authority: NodeReader<FileRecipe.Content> {
        NodeReader { node, context in
            if NodeReader<Bool>.bool.read(node, context) == true { return .authority }
            if node.scalar?.value.bool == false { context.refuse(node, expected: "true") }
            return nil
        }
    }

    private var sections: NodeReader<[INISectionRecipe]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: INISectionRecipe)]>.named { name, place, node, inner in
                if let reason = INIDocument.refusal(ofSection: name) ?? TemplateText.refusal(ofName: name) {
                    inner.problems.add(at: place, "\(context.path) cannot have \"\(name)\": \(reason)")
                }
                return self.keys.read(node, inner).map { INISectionRecipe(name: name, keys: $0) }
            }.read(node, context)?.map(\.value)
        }
    }

    private var keys: NodeReader<[INIKeyRecipe]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: INIKeyRecipe)]>.named { name, place, node, inner in
                if let reason = INIDocument.refusal(ofKey: name) ?? TemplateText.refusal(ofName: name) {
                    inner.problems.add(at: place, "\(context.path) cannot have \"\(name)\": \(reason)")
                }
                return self.key(name, at: place, node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    private func key(_ name: String, at place: Place, _ node: YAMLNode, _ context: ReadingContext) -> INIKeyRecipe? {
        guard node.entries != nil else {
            guard let values = values.read(node, context) else { return nil }
            var key = INIKeyRecipe(name: name, values: values)
            key.place = place
            return key
        }
        return NodeReader<INIKeyRecipe>.object { [self] reader in
            let values = reader.required("value", values)
            let condition = reader.optional("when", template)
            let onChange = reader.optional("on-change", .oneOf(ChangeCost.self))
            guard let values else { return nil }
            var key = INIKeyRecipe(name: name, values: values)
            key.condition = condition
            key.onChange = onChange
            key.place = place
            return key
        }.read(node, context)
    }

    /// The value of an INI key, or the list of its values.
    private var values: NodeReader<[Template]> {
        NodeReader { [self] node, context in
            if node.isNull {
                context.refuse(node, expected: "a text", remedy: "write \"\" for an empty value, or leave the key out")
                return nil
            }
            return NodeReader<[Template]>.list(of: template(forKey: true), single: true).read(node, context)
        }
    }

    func reload(_ reader: MappingReader) -> ReloadMethod? {
        guard let entry = reader.exactlyOne(of: ["signal", "exec"]) else { return nil }
        if entry.key == "signal" { return reader.read(entry, .signal).map { .signal($0) } }
        return reader.read(entry, .command).map { .exec($0) }
    }
}
