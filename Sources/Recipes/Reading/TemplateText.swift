import Documents
import Model
import Templates

/// A parser of templates in YAML documents.
enum TemplateText {
    /// A reader of texts that are templates; with `forKey`, for a key of an INI file, the newline that ends a YAML
    /// block is dropped.
    static func reader(_ problems: ProblemList, forKey: Bool = false) -> NodeReader<Template> {
        NodeReader { node, context in
            guard let text = NodeReader<String>.text.read(node, context) else { return nil }
            let isBlock = forKey && text.utf8.last == UInt8(ascii: "\n")
            return parse(isBlock ? String(text.dropLast()) : text, at: node.textPlace, problems)
        }
    }

    /// Whether the name of a section or key is a template.
    static func isTemplate(name: String) -> Bool { name.contains("{{") || name.contains("{%") }

    /// The reason why an operator cannot name a section or key so; nil where it can be done. A name that looks like a
    /// template is refused, since it would be written as it is.
    static func refusal(ofGivenName name: String) -> String? {
        isTemplate(name: name)
            ? "names under `config:` are no templates; write the name that the rendered file has" : nil
    }

    /// Whether a name, which is a template or means itself, can render to a text. Any text may stand from a template's
    /// first tag to its last one.
    static func canRender(_ name: String, _ template: Template?, to text: String) -> Bool {
        guard template != nil, let start = name.firstRange(of: #/\{[{%#]/#)?.lowerBound,
            let end = name.ranges(of: #/[}%#]\}/#).last?.upperBound, start < end
        else { return name == text }
        let (prefix, suffix) = (name[..<start], name[end...])
        return text.utf8.count >= prefix.utf8.count + suffix.utf8.count && text.hasPrefix(prefix)
            && text.hasSuffix(suffix)
    }

    static func parse(_ text: String, at place: Place, _ problems: ProblemList) -> Template? {
        do {
            return try Template(text, name: place.file, firstLine: place.line, firstColumn: place.column)
        } catch let found as Problems {
            problems.add(contentsOf: found)
        } catch {
            problems.add(at: place, "\(error)")
        }
        return nil
    }
}
