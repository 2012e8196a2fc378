import Model
import Templates

/// A template of a service, with its place in the service.
struct TemplateUse {
    /// The place of the template, such as `keystone.conf [DEFAULT] debug`, `grant database` or `environment LANG`.
    let reader: String
    let template: Template
    /// The cost of a change for a running member; nil where members do not see it.
    let cost: ChangeCost?
    /// The jobs and sidecars that alone get the template, in a file or as a job's command; nil where members get it too,
    /// or where it is in no file and no such command.
    var receivers: [String]?
    /// The cost of a change for the sidecars among these.
    var receiversCost: ChangeCost?
}

extension ServiceRecipe {
    /// Every template of the service, in the order of the recipe.
    var templateUses: [TemplateUse] {
        var uses = environment.map {
            TemplateUse(reader: "environment \($0.key)", template: $0.value, cost: .replace)
        }
        func add(_ reader: String, _ templates: [Template?], cost: ChangeCost?) {
            uses += templates.compactMap { $0 }.map { TemplateUse(reader: reader, template: $0, cost: cost) }
        }
        add("devices", container.devices, cost: .replace)
        if case .exec(let words)? = probe?.method { add("probe", words, cost: .replace) }
        for requirement in requires { add("grant \(requirement.name)", [requirement.condition], cost: nil) }
        for job in jobs {
            add("job \(job.name)", [job.condition], cost: nil)
            uses += job.command.map { word in
                let receivers = job.repetition == .once ? nil : [job.name]
                return TemplateUse(reader: "job \(job.name)", template: word, cost: nil, receivers: receivers)
            }
        }
        for sidecar in sidecars {
            add("sidecar \(sidecar.name)", [sidecar.condition], cost: nil)
            if case .exec(let words)? = sidecar.probe?.method {
                add("probe of sidecar \(sidecar.name)", words, cost: nil)
            }
        }
        for requirement in requires {
            uses += requirement.grant.map {
                TemplateUse(reader: "grant \(requirement.name)", template: $0.value, cost: nil)
            }
        }
        for provision in provides {
            uses.append(TemplateUse(reader: "provides \(provision.name)", template: provision.input, cost: nil))
        }
        for file in files { uses += file.templateUses }
        for user in identity?.users ?? [] {
            uses.append(TemplateUse(reader: "identity user \(user.name)", template: user.password, cost: nil))
        }
        if let administration {
            uses.append(TemplateUse(reader: "administration", template: administration.password, cost: nil))
        }
        return uses
    }
}

extension FileRecipe {
    /// A template of the file. A change costs a member nothing where only jobs and sidecars get the file, since no
    /// member sees it.
    private func use(_ template: Template, by reader: String, _ own: ChangeCost? = nil) -> TemplateUse {
        let cost = own ?? onChange
        return TemplateUse(
            reader: reader, template: template, cost: receivers == nil ? cost : nil, receivers: receivers,
            receiversCost: cost)
    }

    fileprivate var templateUses: [TemplateUse] {
        let whole = condition.map { [use($0, by: path)] } ?? []
        return whole + contentUses
    }

    private var contentUses: [TemplateUse] {
        switch content {
        case .template(let template):
            return [use(template, by: path)]
        case .certificate(let names):
            return names.map { use($0, by: path) }
        case .authority:
            return []
        case .ini(let sections):
            let names = sections.compactMap { section in
                section.nameTemplate.map { use($0, by: "\(path) [\(section.name)]") }
            }
            return names
                + sections.flatMap { section in
                    section.keys.flatMap { key in
                        key.templates.map { use($0, by: "\(path) [\(section.name)] \(key.name)", key.onChange) }
                    }
                }
        }
    }
}
