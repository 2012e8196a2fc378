import Layouts
import Model
import Recipes
import Rendering

/// A place that reads a key, with the cost of a change there.
package struct ConfigReader: Sendable, Hashable {
    package var service: String
    package var members: [String]
    /// The file, with section and key where it has them.
    package var place: String
    /// Whether the recipe or the environment gives the key a value; otherwise the program has a default.
    package var isSet = true
    /// The effect of a change: `reload`, `restart` or `replace`, or for files that only jobs and sidecars get, what
    /// becomes of these.
    package var means: String
    package var interrupts: String?

    package init(service: String, members: [String], place: String, means: String, interrupts: String? = nil) {
        self.service = service
        self.members = members
        self.place = place
        self.means = means
        self.interrupts = interrupts
    }
}

/// The readers of settings, secrets, files and keys in an environment.
package struct ConfigReaders {
    let layout: Layout
    /// The options that programs know in addition to those that recipes set.
    let options: OptionLists

    package init(layout: Layout, options: OptionLists) {
        self.layout = layout
        self.options = options
    }

    /// A key of a service's file, or a file without keys.
    private struct Key {
        var section: INISectionRecipe?
        var key: INIKeyRecipe?
        var references: Set<[String]>
        var cost: ChangeCost

        /// `FILE [SECTION] KEY`, or the file alone; names that are templates stand there as the recipe has them.
        func place(in file: FileRecipe) -> String {
            section.map { "\(file.path) [\($0.name)] \(key?.name ?? "")" } ?? file.path
        }

        func path(in file: FileRecipe) -> String {
            section.map { "\(file.path)/\($0.name)/\(key?.name ?? "")" } ?? file.path
        }

        /// Whether `FILE/SECTION/KEY` means the key, by its names in the recipe or by those that a rendered file may
        /// have.
        func isMeant(by path: String, in file: FileRecipe) -> Bool {
            if self.path(in: file) == path { return true }
            guard let section, let key, let names = ConfigReaders.split(path, in: file) else { return false }
            return section.canBe(named: names.section) && key.canBe(named: names.key)
        }
    }

    /// Every name that can be asked about; options that no recipe sets are only those of the file that `name` is in.
    package func names(near name: String) throws -> [String] {
        var names: Set<String> = []
        for service in layout.services {
            for setting in service.recipe.settings {
                names.formUnion([setting.name, "\(service.name).\(setting.name)"])
            }
            for secret in service.recipe.keptValues { names.insert(secret.name) }
            for file in service.recipe.files {
                names.insert(file.path)
                for key in keys(of: file.merging(service.declaration.overrides)) { names.insert(key.path(in: file)) }
                guard name.hasPrefix(file.path + "/"), let list = try list(of: file, service) else { continue }
                for section in list.sectionNames {
                    for option in list.names(in: section) { names.insert("\(file.path)/\(section)/\(option)") }
                }
            }
        }
        return names.sorted()
    }

    /// The places that read the setting, secret or file of that name, or the key `FILE/SECTION/KEY`.
    package func readers(of name: String) throws -> [ConfigReader] {
        var readers: [ConfigReader] = []
        for service in layout.services {
            for recipe in service.recipe.files {
                let file = recipe.merging(service.declaration.overrides)
                let keys = keys(of: file)
                if name == file.path {
                    let cost = keys.map(\.cost).max() ?? file.onChange
                    readers.append(reader(of: file.path, in: file, cost: cost, service))
                    continue
                }
                for key in keys {
                    let isMeant = key.isMeant(by: name, in: file) || key.key?.name == name
                    guard isMeant || reads(key, name, of: service) else { continue }
                    readers.append(reader(of: key.place(in: file), in: file, cost: key.cost, service))
                }
                if let unset = try unsetKey(name, of: file, keys, service) { readers.append(unset) }
            }
        }
        return readers
    }

    /// The reader of a key that its program knows and that neither the recipe nor the environment sets; nil for other
    /// names. Without a list of options, any key may be one.
    private func unsetKey(
        _ name: String, of file: FileRecipe, _ keys: [Key], _ service: LaidOutService
    ) throws -> ConfigReader? {
        guard case .ini = file.content, let (section, option) = Self.split(name, in: file),
            !keys.contains(where: { $0.isMeant(by: name, in: file) })
        else { return nil }
        if let list = try list(of: file, service), list.option(option, in: section) == nil { return nil }
        var unset = reader(of: "\(file.path) [\(section)] \(option)", in: file, cost: file.onChange, service)
        unset.isSet = false
        return unset
    }

    /// The section and key of `FILE/SECTION/KEY`; nil for any other text.
    private static func split(_ path: String, in file: FileRecipe) -> (section: String, key: String)? {
        guard path.hasPrefix(file.path + "/") else { return nil }
        let rest = path.dropFirst(file.path.count + 1)
        guard let slash = rest.lastIndex(of: "/") else { return nil }
        let (section, key) = (String(rest[..<slash]), String(rest[rest.index(after: slash)...]))
        return section.isEmpty || key.isEmpty ? nil : (section, key)
    }

    private func list(of file: FileRecipe, _ service: LaidOutService) throws -> OptionList? {
        try file.options.flatMap { try options.list($0, release: service.release.name) }
    }

    private func reads(_ key: Key, _ name: String, of service: LaidOutService) -> Bool {
        var wanted = name
        if name.hasPrefix("\(service.name).") { wanted = String(name.dropFirst(service.name.count + 1)) }
        // A member's own secret has the member's name behind it.
        let own = service.recipe.keptValues.first { $0.scope == .member && wanted.hasPrefix("\($0.name).") }
        wanted = own?.name ?? wanted
        let underscored = wanted.replacing("-", with: "_")
        return key.references.contains { reference in
            guard reference.count >= 2, ["settings", "secrets", "generated"].contains(reference[0]) else {
                return false
            }
            return reference[1] == wanted || reference[1] == underscored
        }
    }

    private func reader(
        of place: String, in file: FileRecipe, cost: ChangeCost, _ service: LaidOutService
    ) -> ConfigReader {
        if let receivers = file.receivers {
            return ConfigReader(
                service: service.name, members: [], place: place, means: service.recipe.means(for: cost, of: receivers))
        }
        let means = service.recipe.means(for: cost)
        return ConfigReader(
            service: service.name, members: service.members.map(\.name), place: place, means: means,
            interrupts: means == "restart" ? service.recipe.interrupts : nil)
    }

    private func keys(of file: FileRecipe) -> [Key] {
        switch file.content {
        case .ini(let sections):
            return sections.flatMap { section in
                section.keys.map { key in
                    let templates = key.templates + [section.nameTemplate].compactMap { $0 }
                    return Key(
                        section: section, key: key,
                        references: templates.reduce(into: []) { $0.formUnion($1.references) },
                        cost: key.onChange ?? file.onChange)
                }
            }
        case .template(let template):
            return [Key(section: nil, key: nil, references: template.references, cost: file.onChange)]
        case .certificate, .authority:
            return [Key(section: nil, key: nil, references: [], cost: file.onChange)]
        }
    }
}
