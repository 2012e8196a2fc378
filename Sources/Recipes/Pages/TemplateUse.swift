import Model
import Templates

/// A template of a service, and what it makes.
struct TemplateUse {
    /// Such as `keystone.conf [DEFAULT] debug`, `grant database` or `environment LANG`.
    let reader: String
    let template: Template
    /// What a change costs a running member; nil where members do not see it.
    let cost: ChangeCost?
}

extension ServiceRecipe {
    /// Every template of the service, in the order of the recipe.
    var templateUses: [TemplateUse] {
        var uses = environment.map {
            TemplateUse(reader: "environment \($0.key)", template: $0.value, cost: .replace)
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
    fileprivate var templateUses: [TemplateUse] {
        switch content {
        case .template(let template):
            return [TemplateUse(reader: path, template: template, cost: onChange)]
        case .certificate(let names):
            return names.map { TemplateUse(reader: path, template: $0, cost: onChange) }
        case .authority:
            return []
        case .ini(let sections):
            return sections.flatMap { section in
                section.keys.flatMap { key in
                    (key.values + (key.condition.map { [$0] } ?? [])).map { template in
                        TemplateUse(
                            reader: "\(path) [\(section.name)] \(key.name)", template: template,
                            cost: key.onChange ?? onChange)
                    }
                }
            }
        }
    }
}
