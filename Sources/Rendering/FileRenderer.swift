import Cryptography
import Documents
import Layouts
import Model
import Recipes
import Templates

/// A renderer of the files of a service's containers; files that do not depend on the member are rendered once.
struct FileRenderer {
    let service: LaidOutService
    let scope: ServiceScope
    let certificates: Certificates
    private var plans: [FilePlan] = []
    private var shared: [String: RenderedFile] = [:]

    /// A file with the operator's overrides merged in, which waits for the rendering where that gives it its names.
    private struct FilePlan {
        var recipe: FileRecipe
        var isShared: Bool
    }

    init(service: LaidOutService, scope: ServiceScope, certificates: Certificates) throws {
        self.service = service
        self.scope = scope
        self.certificates = certificates
        let own = MemberNames(of: service)
        for recipe in service.recipe.files {
            let merged = recipe.merging(service.declaration.overrides)
            let isShared = !merged.reads(where: own.contains)
            let plan = FilePlan(recipe: recipe.hasNameTemplates ? recipe : merged, isShared: isShared)
            plans.append(plan)
            if isShared, let first = service.members.first, try isThere(merged, for: first) {
                shared[merged.path] = try render(plan.recipe, for: first)
            }
        }
    }

    /// The files of a member's container or, with `job`, of that job's container.
    func files(for member: LaidOutMember, job: String?) throws -> [RenderedFile] {
        try files(for: member) { file in file.receivers.map { job.map($0.contains) ?? false } ?? true }
    }

    /// The files of the container of a member's sidecar.
    func files(for member: LaidOutMember, sidecar: SidecarRecipe) throws -> [RenderedFile] {
        try files(for: member, where: sidecar.has)
    }

    private func files(
        for member: LaidOutMember, where isWanted: (FileRecipe) -> Bool
    ) throws -> [RenderedFile] {
        var files: [RenderedFile] = []
        for plan in plans where isWanted(plan.recipe) {
            if plan.isShared {
                if let file = shared[plan.recipe.path] { files.append(file) }
            } else if try isThere(plan.recipe, for: member) {
                files.append(try render(plan.recipe, for: member))
            }
        }
        return files
    }

    private func isThere(_ recipe: FileRecipe, for member: LaidOutMember) throws -> Bool {
        try recipe.isThere(in: scope.scope(for: member))
    }

    private func render(_ recipe: FileRecipe, for member: LaidOutMember) throws -> RenderedFile {
        let scope = scope.scope(for: member)
        var file = RenderedFile(
            path: recipe.path, text: "", mode: recipe.mode, owner: service.recipe.user?.id ?? 0,
            cost: recipe.onChange)
        switch recipe.content {
        case .template(let template):
            file.text = try template.render(scope)
        case .authority:
            file.text = try certificates.authorityText()
        case .certificate:
            file.text = try certificates.text(for: try recipe.certificateNames(in: scope) ?? [])
        case .ini:
            let title = "\(service.name)'s \(recipe.path)"
            let named =
                try recipe.hasNameTemplates
                ? recipe.namingSections(in: scope, for: member.name, title: title)
                    .merging(service.declaration.overrides) : recipe
            file.entries = try entries(of: named, in: scope)
            do {
                file.text = try iniText(file.entries, empty: named.sections.filter(\.keys.isEmpty).map(\.name))
            } catch {
                throw Problems("\(title): \(error)")
            }
        }
        return file
    }

    private func entries(of file: FileRecipe, in scope: Scope) throws -> [RenderedFile.Entry] {
        func holds(_ condition: Template?) throws -> Bool { try condition?.value(scope).isTruthy ?? true }
        var entries: [RenderedFile.Entry] = []
        for section in file.sections {
            for key in section.keys where try holds(key.condition) {
                for value in key.values where try holds(value.condition) {
                    let template = value.template
                    var text = try template.render(scope)
                    // A value that is one expression is literal, so its `$` is escaped: oslo.config's own
                    // `$references` can only stand in the text around expressions.
                    if file.hasReferences, template.isExpression { text = text.replacing("$", with: "\\$") }
                    entries.append(
                        RenderedFile.Entry(
                            section: section.name, key: key.name, value: text,
                            isSecret: value.readsSecret,
                            cost: key.onChange ?? file.onChange))
                }
            }
        }
        return entries
    }
}

/// The text of an INI file with these entries, and with the `empty` sections, which have no keys.
func iniText(_ entries: [RenderedFile.Entry], empty: [String]) throws(INIError) -> String {
    var document = INIDocument()
    for section in empty { document.add(section: section) }
    for entry in entries { document.append(entry.section, entry.key, entry.value) }
    return try document.text()
}

extension RenderedFile {
    /// The hash of the file's mode, owner and text, by which a container's files are compared.
    package var digest: FileDigest {
        FileDigest(path: path, digest: SHA256.hex(of: "\(mode) \(owner)\n\(text)"))
    }
}

extension Value {
    /// Whether a condition holds for the value, as in Jinja's `if`; of the words in INI files, `false`, `False` and `0`
    /// do not hold either.
    var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        case .int(let number): number != 0
        case .double(let number): number != 0
        case .string(let text): !["", "false", "False", "0"].contains(text)
        case .list(let items): !items.isEmpty
        case .map(let map): !map.isEmpty
        }
    }
}
