import Model
import Templates

extension ServiceRecipe {
    /// The tables of rendered files and their keys.
    var filesTables: String {
        var text = Markdown.table(
            ["File", "Made from", "Mode", "A change means", "Given to"],
            files.map { file in
                [
                    Markdown.code("/etc/minke/\(file.path)"), file.origin,
                    "0" + String(file.mode, radix: 8), means(for: file.onChange, of: file.receivers),
                    file.receivers.map { Markdown.code($0) }
                        ?? (sidecars.isEmpty ? "members and jobs" : "members, sidecars and jobs"),
                ]
            })
        for file in files {
            guard case .ini(let sections) = file.content else { continue }
            let rows = sections.flatMap { section in
                section.keys.map { key in
                    [
                        Markdown.code(section.name), Markdown.code(key.name),
                        key.values.map { value in
                            let text = Markdown.code(value.template.text)
                            return value.condition.map { "\(text) where \(Markdown.code($0.text))" } ?? text
                        }.joined(separator: ", "),
                        key.condition.map { Markdown.code($0.text) } ?? "",
                        means(for: key.onChange ?? file.onChange, of: file.receivers),
                    ]
                }
            }
            text += Markdown.section(
                Markdown.code(file.path),
                Markdown.table(["Section", "Key", "Value", "Only where", "A change means"], rows), level: 3)
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
