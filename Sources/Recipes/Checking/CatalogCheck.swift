import Documents
import Model

/// A check of a catalogue's recipes against each other.
struct CatalogCheck {
    let documents: [RecipeDocument]
    /// The names of all recipes, including those that could not be read or were not asked for.
    let recipes: Set<String>
    /// Whether all recipes were asked for, so that every name that one of them can use is known.
    let isWhole: Bool
    let releases: [String: Release]
    /// The names of all release files, including those that could not be read.
    let releaseNames: [String]
    let problems: ProblemList
    private let byName: [String: RecipeDocument]

    init(
        documents: [RecipeDocument], recipes: [String], isWhole: Bool, releases: [String: Release],
        releaseNames: [String], problems: ProblemList
    ) {
        self.documents = documents
        self.recipes = Set(recipes)
        self.isWhole = isWhole
        self.releases = releases
        self.releaseNames = releaseNames
        self.problems = problems
        byName = Dictionary(documents.map { ($0.name, $0) }) { first, _ in first }
    }

    func run() {
        checkParents()
        checkReleases()
        checkSharedSecrets()
        let names = byName.mapValues(\.names)
        let endpoints = isWhole ? Set(documents.flatMap(\.names.endpoints)).sorted() : nil
        let values = Set(releases.values.flatMap { $0.values.keys }).sorted()
        for document in documents {
            if let service = document.recipe?.service {
                RecipeCheck(document: document, problems: problems).run(service)
                checkRequirements(document, service)
                checkHolders(document, service)
                checkDeletions(document, service)
            }
            checkTemplates(
                document,
                TemplateNames(of: document.names, recipes: names, endpoints: endpoints, releaseValues: values))
        }
    }

    private func checkParents() {
        for document in documents {
            guard let parent = document.recipe?.image.parent, !recipes.contains(parent) else { continue }
            problems.add(
                at: document.place("image", "parent"), "there is no recipe \(parent)",
                remedy: Remedy.meant(by: parent, among: recipes))
        }
        let cycles = Cycle.all(among: byName.keys) { byName[$0]?.recipe?.image.parent.map { [$0] } ?? [] }
        for cycle in cycles {
            problems.add(
                at: byName[cycle[0]]?.place("image", "parent"),
                "recipes are built on each other: \((cycle + cycle.prefix(1)).joined(separator: " -> "))")
        }
    }

    /// Checks that the catalogue has the services whose entries a report deletes.
    private func checkDeletions(_ document: RecipeDocument, _ service: ServiceRecipe) {
        for report in service.reports {
            for name in report.deletion?.services ?? [] where !recipes.contains(name) {
                problems.add(
                    at: document.place("service", "reports", report.name, "delete"), "there is no recipe \(name)",
                    remedy: Remedy.meant(by: name, among: recipes))
            }
        }
    }

    private func checkReleases() {
        for document in documents {
            guard let image = document.recipe?.image else { continue }
            let nodes = document.node["image"]?["releases"]?.items
            for (index, release) in (image.releases ?? []).enumerated() where !releaseNames.contains(release) {
                problems.add(
                    at: nodes?[index].place, "there is no release \(release)",
                    remedy: Remedy.nearest(to: release, among: releaseNames, what: "release"))
            }
            guard let parent = image.parent, let theirs = byName[parent]?.recipe?.image.releases else { continue }
            let more = (image.releases ?? releaseNames).filter { !theirs.contains($0) }
            if !more.isEmpty {
                problems.add(
                    at: document.place("image", "releases"),
                    "\(document.name) can be built in \(more.joined(separator: ", ")), and its parent \(parent) cannot",
                    remedy: "write `releases: [\(theirs.joined(separator: ", "))]`")
            }
        }
    }

    /// Checks that all recipes that name a secret of the environment give it the same kind.
    private func checkSharedSecrets() {
        var kinds: [String: (kind: SecretRecipe.Kind, recipe: String)] = [:]
        for document in documents {
            let service = document.recipe?.service ?? ServiceRecipe()
            for secret in service.keptValues where secret.scope == .environment {
                guard let first = kinds[secret.name] else {
                    kinds[secret.name] = (secret.kind, document.name)
                    continue
                }
                if first.kind != secret.kind {
                    problems.add(
                        at: document.place(
                            "service", service.secrets.contains(secret) ? "secrets" : "generated", secret.name),
                        "secret \(secret.name) of the environment is a \(secret.kind.rawValue) here and a "
                            + "\(first.kind.rawValue) in \(first.recipe)")
                }
            }
        }
    }

    private func checkHolders(_ document: RecipeDocument, _ service: ServiceRecipe) {
        let items = document.node["service"]?["pods"]?.items
        for (index, name) in service.pods.enumerated() {
            let other = byName[name]
            if other == nil, recipes.contains(name) { continue }
            if other?.names.holdsPod == true { continue }
            let holders = byName.values.filter(\.names.holdsPod).map(\.name)
            problems.add(
                at: items?[index].place ?? document.place("service", "pods"),
                other == nil ? "there is no service \(name)" : "\(name) holds no pods",
                remedy: Remedy.nearest(to: name, among: holders, what: "service with `holder: true`"))
        }
    }

    private func checkRequirements(_ document: RecipeDocument, _ service: ServiceRecipe) {
        for requirement in service.requires {
            let path = ["service", "requires", requirement.name]
            let other = byName[requirement.service]
            if other == nil, recipes.contains(requirement.service) { continue }
            guard let other, other.names.hasService else {
                let known = recipes.filter { byName[$0]?.names.hasService ?? true }
                problems.add(
                    at: document.place(path + ["service"]), "there is no service \(requirement.service)",
                    remedy: Remedy.meant(by: requirement.service, among: known))
                continue
            }
            if document.node["service"]?["requires"]?[requirement.name]?["grant"] != nil {
                checkGrant(requirement, of: document, by: other)
            }
        }
    }

    private func checkGrant(_ requirement: Requirement, of document: RecipeDocument, by other: RecipeDocument) {
        let path = ["service", "requires", requirement.name, "grant"]
        guard other.names.provides.contains(requirement.provision) else {
            let known = other.names.provides
            problems.add(
                at: document.keyPlace("service", "requires", requirement.name, "grant"),
                "\(other.name) has no `provides` of the name \(requirement.provision)",
                remedy: known.isEmpty ? nil : "it provides \(known.joined(separator: ", "))")
            return
        }
        guard let provision = other.recipe?.service?.provides.first(where: { $0.name == requirement.provision }) else {
            return
        }
        let given = document.node["service"]?["requires"]?[requirement.name]?["grant"]?.entries ?? []
        for entry in given where !provision.needs.contains(entry.key) {
            problems.add(
                at: entry.keyPlace, "\(other.name)'s \(requirement.provision) needs no \(entry.key)",
                remedy: Remedy.nearest(to: entry.key, among: provision.needs, what: "such key"))
        }
        let missing = provision.needs.filter { need in !given.contains { $0.key == need } }
        if !missing.isEmpty {
            problems.add(
                at: document.place(path),
                "the grant lacks \(missing.joined(separator: ", ")), which \(other.name)'s \(requirement.provision) needs"
            )
        }
    }

    private func checkTemplates(_ document: RecipeDocument, _ names: TemplateNames) {
        for used in document.templates {
            for reference in used.template.references.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                guard let (message, remedy) = names.refusal(of: reference, seesGrant: used.isGrantInput) else {
                    continue
                }
                let file = used.file.flatMap { document.templateFiles[$0] }
                problems.add(at: used.place ?? file?.place(of: reference), message, remedy: remedy)
            }
        }
    }
}

extension CatalogFile {
    /// The place where a path of names, or else its last name, first occurs; the file's start where neither does.
    func place(of reference: [String]) -> Place {
        let lines = textLines(text)
        for wanted in [reference.joined(separator: "."), reference.last ?? ""] where !wanted.isEmpty {
            for (index, line) in lines.enumerated() {
                guard let range = line.firstRange(of: wanted) else { continue }
                let column = line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1
                return Place(file: path, line: index + 1, column: column)
            }
        }
        return Place(file: path, line: 1, column: 1)
    }
}
