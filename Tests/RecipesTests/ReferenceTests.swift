import Documents
import Model
import System
import Testing

@testable import Recipes

/// The agreement of the reference files with the readers: both have the same keys.
@Suite struct ReferenceTests {
    private static let docs = Files.folder(of: Files.folder(of: Files.folder(of: #filePath))) + "/docs/reference/"

    /// The text of a reference file.
    private func reference(_ name: String) throws -> String { try Files.readText(Self.docs + name) }

    /// The keys of a document by their paths, with `*` for those that the document chooses.
    private func keys(_ node: YAMLNode, _ record: KeyRecord) -> Set<String> {
        var found: Set<String> = []
        func visit(_ node: YAMLNode, _ path: String) {
            for entry in node.entries ?? [] {
                let exact = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if record.keys.contains(exact) {
                    found.insert(exact)
                    visit(entry.value, exact)
                } else {
                    visit(entry.value, path.isEmpty ? "*" : "\(path).*")
                }
            }
            for item in node.items ?? [] { visit(item, path) }
        }
        visit(node, "")
        return found
    }

    private func documents(_ name: String) throws -> [YAMLNode] {
        let text = try reference(name)
        var variants = [text]
        // The other probes and the root image's recipe are in comments.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for alternative in ["tcp:", "exec:"] {
            variants.append(
                lines.filter { !$0.hasPrefix("    http:") }
                    .map {
                        $0.hasPrefix("    # \(alternative)") ? $0.replacing("# ", with: "", maxReplacements: 1) : $0
                    }
                    .joined(separator: "\n"))
        }
        if let start = lines.firstIndex(where: { $0.hasPrefix("  # root:") }) {
            let root = lines[start...].prefix { $0.hasPrefix("  # ") }
                .map { $0.replacing("# ", with: "", maxReplacements: 1) }
            variants.append("summary: root\nimage:\n" + root.joined(separator: "\n"))
        }
        variants.append(
            lines.filter { !$0.hasPrefix("        dump:") && !$0.hasPrefix("        restore:") }
                .map { $0.replacing("# skip: true", with: "skip: true") }.joined(separator: "\n"))
        variants.append(text.replacing("reload: {signal: HUP}", with: "reload: {exec: [a]}"))
        return try variants.map { try YAMLNode.parse(text: $0, file: name) }
    }

    @Test func recipesAgree() throws {
        let record = KeyRecord()
        var found: Set<String> = []
        let templates = ["uwsgi.ini.j2", "bootstrap.env.j2", "grant.sql.j2"].map {
            ($0, CatalogFile(path: $0, text: ""))
        }
        for document in try documents("recipe.yaml") {
            let problems = ProblemList()
            let reading = RecipeReading(
                name: "keystone", folder: "keystone",
                templateFiles: Dictionary(templates) { first, _ in first }, problems: problems)
            #expect(reading.read(document, record: record) != nil)
            #expect(problems.all.map(\.description) == [])
        }
        for document in try documents("recipe.yaml") { found.formUnion(keys(document, record)) }
        #expect(record.keys.subtracting(found).sorted() == [])
    }

    @Test func theRecipeStandsInACatalogue() throws {
        var sample = SampleCatalog()
        // `vacate` is for services in pods, and this one is in none here.
        sample.files["recipes/keystone/recipe.yaml"] = try reference("recipe.yaml")
            .replacing(#/\n  vacate:[^\n]*(\n    [^\n]*)+/#, with: "")
        sample.files["recipes/openstack/recipe.yaml"] = "summary: a\nimage: {parent: root}\n"
        sample.files["recipes/mariadb/recipe.yaml"] = sample.files["recipes/mariadb/recipe.yaml"]?
            .replacing("needs: [name, password]", with: "needs: [name, user, password]")
        for name in ["memcached", "redis"] {
            sample.files["recipes/\(name)/recipe.yaml"] = "summary: a\nimage: {parent: root}\nservice: {}\n"
        }
        sample.files["fragments/bootstrap.yaml"] = try reference("fragment.yaml")
        sample.files["fragments/debug.yaml"] = "summary: a\n"
        for name in ["uwsgi.ini.j2", "bootstrap.env.j2", "grant.sql.j2"] {
            sample.files["recipes/keystone/templates/\(name)"] = "{{ settings.workers }}\n"
        }
        #expect(sample.refusal == "accepted")
    }

    @Test func environmentsAgree() throws {
        let record = KeyRecord()
        let text = try reference("environment.yaml")
        let environment = try Environment.parse(text: text, file: "environment.yaml", record: record)
        let names = environment.services.map(\.name)
        #expect(names == ["mariadb", "memcached", "host-link", "keystone", "glance-api", "haproxy"])
        let node = try YAMLNode.parse(text: text, file: "environment.yaml")
        let missing = record.keys.subtracting(keys(node, record))
            // Dockstack's form has no `members:` above them, and shows the other keys of a member in a comment.
            .filter { !$0.hasPrefix("services.*.*.") && !$0.hasPrefix("services.*.members.*.") }
        #expect(missing.sorted() == [])
        for key in record.keys where key.hasPrefix("services.*.") {
            let last = key.split(separator: ".").last ?? ""
            #expect(text.contains("\(last)"), "\(key)")
        }
    }

    @Test func releasesAgree() throws {
        let record = KeyRecord()
        let node = try YAMLNode.parse(text: try reference("release.yaml"), file: "release.yaml")
        let problems = ProblemList()
        let release = ReleaseReading.read(node, name: "epoxy", problems: problems, record: record)
        #expect(problems.all.map(\.description) == [])
        #expect(release?.sources.count == 1)
        #expect(record.keys.subtracting(keys(node, record)).sorted() == [])
    }
}
