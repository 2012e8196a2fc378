import Model
import Templates

extension ServiceRecipe {
    /// Each rendered file with its keys.
    var filesTables: String {
        var text = Markdown.table(
            ["File", "Made from", "Mode", "A change costs", "Given to"],
            files.map { file in
                [
                    Markdown.code("/etc/minke/\(file.path)"), file.origin,
                    "0" + String(file.mode, radix: 8), file.onChange.sentence,
                    file.jobs.map { Markdown.code($0) } ?? "members and jobs",
                ]
            })
        for file in files {
            guard case .ini(let sections) = file.content else { continue }
            let rows = sections.flatMap { section in
                section.keys.map { key in
                    [
                        Markdown.code(section.name), Markdown.code(key.name),
                        key.values.map { Markdown.code($0.text) }.joined(separator: ", "),
                        key.condition.map { Markdown.code($0.text) } ?? "",
                        (key.onChange ?? file.onChange).sentence,
                    ]
                }
            }
            text += Markdown.section(
                Markdown.code(file.path),
                Markdown.table(["Section", "Key", "Value", "Only where", "A change costs"], rows), level: 3)
        }
        return text
    }
}

extension FileRecipe {
    fileprivate var origin: String {
        switch content {
        case .ini(let sections): "\(sections.reduce(0) { $0 + $1.keys.count }) keys"
        case .template: "a template"
        case .certificate(let names):
            "a certificate for \(names.map { Markdown.code($0.text) }.joined(separator: ", "))"
        case .authority: "the environment's authority"
        }
    }
}

extension ChangeCost {
    /// What happens to a running member, in a few words.
    var sentence: String {
        switch self {
        case .reload: "a reload"
        case .restart: "a restart"
        case .replace: "a new container"
        }
    }
}
