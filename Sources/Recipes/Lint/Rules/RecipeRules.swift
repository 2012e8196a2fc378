import Model

/// Rules for recipe.yaml and the recipe's folder.
enum RecipeRules {
    static let all = [
        LintRule(name: "labels", summary: "a label's value is no misspelling of another's") { recipe, report in
            for (key, value) in recipe.recipe?.image.groups ?? [:] {
                let all = recipe.groups[key] ?? []
                guard all.count(where: { $0 == value }) == 1 else { continue }
                let others = Set(all.filter { $0 != value })
                if let near = nearestName(to: value, among: others), all.count(where: { $0 == near }) > 1 {
                    report(
                        recipe.place("image", "groups", key), "no other image has the label \(key)=\(value)",
                        "did you mean \(near)?")
                }
            }
        },
        LintRule(name: "names-used", summary: "every setting and secret is read by a template") { recipe, report in
            guard let service = recipe.service else { return }
            let read = Set(
                recipe.document.templates.flatMap { $0.template.references }.map { path in
                    path.prefix(2).map { $0.replacing("_", with: "-") }
                })
            func check(_ names: [String], _ root: String) {
                if read.contains([root]) { return }
                for name in names where !read.contains([root, name.replacing("_", with: "-")]) {
                    report(
                        recipe.document.keyPlace("service", root, name),
                        "nothing reads \(root).\(name)", "write it into a file, or remove it")
                }
            }
            check(service.settings.map(\.name), "settings")
            check(service.secrets.map(\.name), "secrets")
        },
        LintRule(name: "replicas", summary: "a service whose members have data of their own says how many there can be")
        {
            recipe, report in
            guard let service = recipe.service, service.pods.isEmpty, !service.linksHosts,
                service.replicas.maximum == nil
            else { return }
            for volume in service.volumes where volume.scope == .member {
                report(
                    recipe.document.keyPlace("service", "volumes", volume.name),
                    "each member has a volume \(volume.name) of its own, and any number of members is taken",
                    "add `replicas: {default: 1, maximum: 1}`, or more where they know of each other")
                return
            }
        },
        LintRule(name: "job-scope", summary: "a job that fills a volume of each member runs for each member") {
            recipe, report in
            guard let service = recipe.service, service.replicas.maximum != 1 || !service.pods.isEmpty else { return }
            for job in service.jobs where job.scope == .service {
                let volume = service.volumes.first { $0.name == job.storedIn }
                guard let volume, volume.scope == .member else { continue }
                report(
                    recipe.place("service", "jobs", job.name, "stored-in"),
                    "job \(job.name) runs once, with the volume \(volume.name) of the first member, and each member has one",
                    "write `scope: member`, or allow one member with `replicas: {default: 1, maximum: 1}`")
            }
        },
        LintRule(name: "foreign-configuration", summary: "a component does not write another's configuration") {
            recipe, report in
            for (key, own) in recipe.recipe?.image.groups ?? [:] where own != "common" {
                let others = Set(recipe.groups[key] ?? []).subtracting([own, "common"])
                var texts = recipe.scripts.filter { !$0.path.hasPrefix("test/") }.map {
                    (text: ShellText($0.text).codeText, place: $0.place(ofByte:))
                }
                for run in recipe.dockerfile?.all("RUN") ?? [] { texts.append((run.arguments, run.place(ofByte:))) }
                for (text, place) in texts {
                    for match in text.occurrences(of: #/\/etc\/([a-z][a-z0-9-]*)\//#)
                    where others.contains(String(match.1)) {
                        report(
                            place(text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)),
                            "an image of \(own) names the configuration of \(match.1)", nil)
                    }
                }
            }
        },
    ]
}
