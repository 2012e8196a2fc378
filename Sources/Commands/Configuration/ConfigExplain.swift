import Model
import Recipes
import Resolving
import Templates

extension CommandDefinition {
    static let configExplain = CommandDefinition(
        "explain",
        summary: "Show what a change of a setting or key would touch, and by what means",
        examples: [
            ("minke config explain workers", "every file and member that reads a setting"),
            ("minke config explain keystone.conf/token/expiration", "one key of a file"),
        ],
        arguments: [
            .required("key", summary: "a setting's name, SERVICE.SETTING, a secret's, or FILE/SECTION/KEY")
        ]
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let key = arguments.required("key")
        let readers = ConfigReaders(layout: survey.resolver.layout).readers(of: key)
        if readers.isEmpty {
            let known = ConfigReaders(layout: survey.resolver.layout).names()
            throw Problems(
                "nothing in this environment reads \(key)",
                remedy: Remedy.meant(by: key, among: known)
                    ?? "`minke config keys` lists what is read")
        }
        arguments.show(ExplainReport(key: key, readers: readers))
        return .done
    }
}

/// A place that reads a key, and what a change of it costs there.
struct ConfigReader: Sendable {
    var service: String
    var members: [String]
    /// The file, with section and key where it has them.
    var place: String
    /// `reload`, `restart` or `replace`; for what only jobs get, that they run again.
    var means: String
    var interrupts: String?
}

/// Finds who reads settings, secrets and keys.
struct ConfigReaders {
    let layout: Layout

    /// Every name that can be asked for.
    func names() -> [String] {
        var names: Set<String> = []
        for service in layout.services {
            for setting in service.recipe.settings {
                names.formUnion([setting.name, "\(service.name).\(setting.name)"])
            }
            for secret in service.recipe.secrets { names.insert(secret.name) }
            forEachKey(of: service) { file, section, key, _, _ in
                names.insert(section.map { "\(file.path)/\($0)/\(key ?? "")" } ?? file.path)
            }
        }
        return names.sorted()
    }

    func readers(of name: String) -> [ConfigReader] {
        var readers: [ConfigReader] = []
        for service in layout.services {
            var wanted = name
            if name.hasPrefix("\(service.name).") { wanted = String(name.dropFirst(service.name.count + 1)) }
            forEachKey(of: service) { file, section, key, references, cost in
                let place = section.map { "\(file.path) [\($0)] \(key ?? "")" } ?? file.path
                let path = section.map { "\(file.path)/\($0)/\(key ?? "")" } ?? file.path
                let underscored = String(wanted.map { $0 == "-" ? "_" : $0 })
                let reads = references.contains { reference in
                    guard reference.count >= 2, ["settings", "secrets"].contains(reference[0]) else { return false }
                    return reference[1] == wanted || reference[1] == underscored
                }
                guard reads || path == name || key == name else { return }
                if let jobs = file.jobs {
                    let means = ServiceRecipe.means(forJobs: jobs)
                    readers.append(ConfigReader(service: service.name, members: [], place: place, means: means))
                    return
                }
                let means = service.recipe.means(for: cost)
                readers.append(
                    ConfigReader(
                        service: service.name, members: service.members.map(\.name), place: place, means: means,
                        interrupts: means == "restart" ? service.recipe.interrupts : nil))
            }
        }
        return readers
    }

    private func forEachKey(
        of service: LaidOutService,
        _ body: (
            _ file: FileRecipe, _ section: String?, _ key: String?, _ reads: Set<[String]>, _ cost: ChangeCost
        ) -> Void
    ) {
        for file in service.recipe.files {
            switch file.content {
            case .ini(let sections):
                for section in sections {
                    for key in section.keys {
                        var reads = key.values.reduce(into: Set<[String]>()) { $0.formUnion($1.references) }
                        if let condition = key.condition { reads.formUnion(condition.references) }
                        body(file, section.name, key.name, reads, key.onChange ?? file.onChange)
                    }
                }
            case .template(let template): body(file, nil, nil, template.references, file.onChange)
            case .certificate, .authority: body(file, nil, nil, [], file.onChange)
            }
        }
    }
}

/// Who reads a key.
struct ExplainReport: Report {
    let key: String
    let readers: [ConfigReader]

    var value: Value {
        .list(
            readers.map { reader in
                [
                    "service": .string(reader.service), "members": .list(reader.members.map(Value.string)),
                    "place": .string(reader.place), "means": .string(reader.means),
                    "interrupts": reader.interrupts.map(Value.string) ?? .null,
                ]
            })
    }

    func text(_ style: Style) -> String {
        var table = Table(["SERVICE", "READS IT IN", "A CHANGE MEANS", "MEMBERS"])
        for reader in readers {
            let means = reader.means + (reader.interrupts.map { ", interrupts \($0)" } ?? "")
            table.add([reader.service, reader.place, means, reader.members.joined(separator: " ")])
        }
        return table.text(style)
    }
}
