import Documents
import Model
import Templates

/// A reader of a recipe's folder, which also collects templates and names of files for later checks.
final class RecipeReading {
    let name: String
    let folder: String
    let problems: ProblemList
    /// The files of templates/, by their paths below it.
    private let templateFiles: [String: CatalogFile]
    private var parsedFiles: [String: Template] = [:]

    /// The templates, each with its place.
    private(set) var templates: [UsedTemplate] = []
    /// The files of templates/ that the recipe names.
    private(set) var namedFiles: Set<String> = []

    init(name: String, folder: String, templateFiles: [String: CatalogFile], problems: ProblemList) {
        self.name = name
        self.folder = folder
        self.templateFiles = templateFiles
        self.problems = problems
    }

    func read(_ node: YAMLNode, record: KeyRecord? = nil) -> Recipe? {
        let context = ReadingContext(problems: problems, record: record)
        return NodeReader<Recipe>.object { [self] reader in
            // Fragments are expanded already; here the key only has to count as known.
            _ = reader.has("use")
            // `RecipeExtensions` reads it.
            _ = reader.has("extends")
            let summary = reader.required("summary", .filled)
            let image = reader.required("image", .object { self.image($0) })
            let service = reader.entry("service").map {
                reader.read($0, .object { self.service($0) }) ?? ServiceRecipe()
            }
            // Parts with problems are left out, so that the rest is checked as well.
            return Recipe(
                name: name, folder: folder, summary: summary ?? "", image: image ?? ImageRecipe(), service: service)
        }.read(node, context)
    }

    /// A text that is a template.
    var template: NodeReader<Template> { template(forKey: false) }

    /// A text that is a template; with `forKey`, for a key of an INI file, the newline that ends a YAML block is
    /// dropped.
    func template(forKey: Bool) -> NodeReader<Template> {
        NodeReader<Template> { [self] node, context in
            guard let template = TemplateText.reader(problems, forKey: forKey).read(node, context) else { return nil }
            templates.append(UsedTemplate(template: template, place: node.place, file: nil, isGrantInput: false))
            return template
        }
    }

    /// The template that a key of the document is.
    func template(_ key: String, at place: Place) -> Template? {
        guard let template = TemplateText.parse(key, at: place, problems) else { return nil }
        templates.append(UsedTemplate(template: template, place: place, file: nil, isGrantInput: false))
        return template
    }

    /// The name of a file in templates/, read as the template in that file.
    func templateFile(isGrantInput: Bool = false) -> NodeReader<Template> {
        NodeReader<Template> { [self] node, context in
            guard let path = NodeReader<String>.text.read(node, context) else { return nil }
            namedFiles.insert(path)
            guard let file = templateFiles[path] else {
                context.problems.add(
                    at: node.place, "\(context.path) is \"\(path)\", and there is no such file in templates/",
                    remedy: Remedy.meant(by: path, among: templateFiles.keys))
                return nil
            }
            let start = Place(file: file.path, line: 1, column: 1)
            guard let template = parsedFiles[path] ?? TemplateText.parse(file.text, at: start, problems) else {
                return nil
            }
            parsedFiles[path] = template
            templates.append(UsedTemplate(template: template, place: nil, file: path, isGrantInput: isGrantInput))
            return template
        }
    }
}

/// A template of a recipe, for the check of the names that it reads.
struct UsedTemplate {
    let template: Template
    /// The place in recipe.yaml; nil where the template is a file of its own.
    let place: Place?
    /// The path below templates/; nil where the template is in recipe.yaml.
    let file: String?
    /// Whether the template is a provision's input, so that it sees `grant`.
    let isGrantInput: Bool
}
