import Documents
import Layouts
import Model
import Recipes
import Templates

extension FileRecipe {
    /// Whether names of sections or keys are templates, so that they are known only where the file is rendered.
    var hasNameTemplates: Bool {
        sections.contains { $0.nameTemplate != nil || $0.keys.contains { $0.nameTemplate != nil } }
    }

    /// The file with the names that its sections and keys have for a member.
    ///
    /// - Parameter title: the file as messages name it.
    /// - Throws: `Problems` for names that cannot be written and for those that are there twice.
    func namingSections(in scope: Scope, for member: String, title: String) throws -> FileRecipe {
        guard hasNameTemplates else { return self }
        var naming = Naming(scope: scope, member: member, title: title)
        var sections = sections
        try naming.rename(&sections, kind: "section")
        for index in sections.indices {
            try naming.rename(&sections[index].keys, kind: "key of [\(sections[index].name)]")
        }
        if !naming.problems.isEmpty { throw Problems(naming.problems) }
        var named = self
        named.content = .ini(sections)
        return named
    }
}

/// A part of an INI file that has a name, which may be a template.
private protocol Named {
    var name: String { get set }
    var nameTemplate: Template? { get }
    var place: Place? { get }
    /// The reason why a rendered file cannot have the name; nil where it can.
    static func refusal(of name: String) -> String?
}

extension INISectionRecipe: Named {
    static func refusal(of name: String) -> String? {
        if let reason = INIDocument.refusal(ofSection: name) { return reason }
        if name.contains("]") { return "the section's name has a \"]\"" }
        let ends = [name.first, name.last].compactMap { $0 }
        return ends.contains(where: \.isWhitespace) ? "the section's name begins or ends with white space" : nil
    }
}

extension INIKeyRecipe: Named {
    static func refusal(of name: String) -> String? { INIDocument.refusal(ofKey: name) }
}

/// The naming of a file's parts for a member.
private struct Naming {
    let scope: Scope
    let member: String
    let title: String
    var problems: [Problem] = []

    /// Gives the parts their rendered names. A part whose name cannot be written, or is there already, is told and keeps
    /// the recipe's name.
    mutating func rename<Part: Named>(_ parts: inout [Part], kind: String) throws {
        var first: [String: Part] = [:]
        for index in parts.indices {
            let part = parts[index]
            let name = try part.nameTemplate?.render(scope) ?? part.name
            if part.nameTemplate != nil, let reason = Part.refusal(of: name) {
                problems.append(
                    Problem(
                        at: part.place, "\(title): \(kind) \"\(part.name)\" is \"\(name)\" for \(member): \(reason)"))
                continue
            }
            if let other = first[name] {
                problems.append(
                    Problem(
                        at: part.place,
                        "\(title): \(kind) \"\(part.name)\" is \"\(name)\" for \(member), and so is "
                            + "\"\(other.name)\"\(other.place.map { " at \($0)" } ?? "")",
                        remedy: "give both a name of their own, or write one of them"))
                continue
            }
            first[name] = part
            parts[index].name = name
        }
    }
}
