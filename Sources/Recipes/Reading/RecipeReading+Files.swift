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
                let template = self.nameTemplate(name, at: place, context, refusal: INIDocument.refusal(ofSection:))
                guard let keys = self.keys.read(node, inner) else { return nil }
                var section = INISectionRecipe(name: name, keys: keys)
                section.nameTemplate = template
                section.place = place
                return section
            }.read(node, context)?.map(\.value)
        }
    }

    private var keys: NodeReader<[INIKeyRecipe]> {
        NodeReader { [self] node, context in
            NodeReader<[(key: String, value: INIKeyRecipe)]>.named { name, place, node, inner in
                let template = self.nameTemplate(name, at: place, context, refusal: INIDocument.refusal(ofKey:))
                var key = self.key(name, at: place, node, inner)
                key?.nameTemplate = template
                return key
            }.read(node, context)?.map(\.value)
        }
    }

    /// The template that the name of a section or key is; nil for a name that means itself, and for a wrong one, which
    /// is told. What a template renders to is checked when it is rendered.
    private func nameTemplate(
        _ name: String, at place: Place, _ context: ReadingContext, refusal: (String) -> String?
    ) -> Template? {
        var reason: String?
        var template: Template?
        if TemplateText.isTemplate(name: name) {
            template = self.template(name, at: place)
            if template?.readsSecret ?? false {
                reason = "plans show the names of sections and keys, and no secrets"
            }
        } else {
            reason = refusal(name)
        }
        if let reason { context.problems.add(at: place, "\(context.path) cannot have \"\(name)\": \(reason)") }
        return template
    }

    private func key(_ name: String, at place: Place, _ node: YAMLNode, _ context: ReadingContext) -> INIKeyRecipe? {
        guard node.entries != nil else {
            guard let values = values.read(node, context) else { return nil }
            var key = INIKeyRecipe(name: name, values: [])
            key.values = values
            key.place = place
            return key
        }
        return NodeReader<INIKeyRecipe>.object { [self] reader in
            let values = reader.required("value", values)
            let condition = reader.optional("when", template)
            let onChange = reader.optional("on-change", .oneOf(ChangeCost.self))
            guard let values else { return nil }
            var key = INIKeyRecipe(name: name, values: [])
            key.values = values
            key.condition = condition
            key.onChange = onChange
            key.place = place
            return key
        }.read(node, context)
    }

    /// The value of an INI key, or the list of its values, of which each can have a condition.
    private var values: NodeReader<[INIValueRecipe]> {
        NodeReader { [self] node, context in
            if node.isNull {
                context.refuse(node, expected: "a text", remedy: "write \"\" for an empty value, or leave the key out")
                return nil
            }
            if node.items == nil {
                return template(forKey: true).read(node, context).map { [INIValueRecipe($0)] }
            }
            return NodeReader<[INIValueRecipe]>.list(of: value).read(node, context)
        }
    }

    /// A value in a list: a text, or a mapping of the text and its condition.
    private var value: NodeReader<INIValueRecipe> {
        NodeReader { [self] node, context in
            if node.entries == nil { return template(forKey: true).read(node, context).map(INIValueRecipe.init) }
            return NodeReader<INIValueRecipe>.object { [self] reader in
                let text = reader.required("value", template(forKey: true))
                let condition = reader.optional("when", template)
                guard let text else { return nil }
                var value = INIValueRecipe(text)
                value.condition = condition
                return value
            }.read(node, context)
        }
    }

    func reload(_ reader: MappingReader) -> ReloadMethod? {
        guard let entry = reader.exactlyOne(of: ["signal", "exec"]) else { return nil }
        if entry.key == "signal" { return reader.read(entry, .signal).map { .signal($0) } }
        return reader.read(entry, .command).map { .exec($0) }
    }
}
