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

    /// The reason why a section or key cannot have this name; nil where it can. A name that looks like a template is
    /// refused, since it would be written as it is.
    static func refusal(ofName name: String) -> String? {
        name.contains("{{") || name.contains("{%")
            ? "names of sections and keys are no templates; a file whose names vary is given as `template:`" : nil
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
