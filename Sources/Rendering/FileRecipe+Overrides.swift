import Recipes

extension FileRecipe {
    /// The file with an operator's values over the recipe's, by section and key as rendered files have them; an override
    /// without values removes the key.
    package func merging(_ overrides: [FileOverride]) -> FileRecipe {
        let own = overrides.filter { $0.file == path }
        guard !own.isEmpty, case .ini(var sections) = content else { return self }
        for override in own {
            let section: Int
            if let known = sections.firstIndex(where: { $0.name == override.section }) {
                section = known
            } else {
                sections.append(INISectionRecipe(name: override.section, keys: []))
                section = sections.count - 1
            }
            let known = sections[section].keys.firstIndex { $0.name == override.key }
            if override.values.isEmpty {
                if let known { sections[section].keys.remove(at: known) }
                // A section that the recipe wrote without keys has a meaning; one that lost its keys has none.
                if sections[section].keys.isEmpty { sections.remove(at: section) }
                continue
            }
            var key = INIKeyRecipe(name: override.key, values: override.values)
            key.place = override.place
            if let known {
                key.onChange = sections[section].keys[known].onChange
                sections[section].keys[known] = key
            } else {
                sections[section].keys.append(key)
            }
        }
        var merged = self
        merged.content = .ini(sections)
        return merged
    }

    /// Whether any of the file's templates reads a path that `condition` holds for.
    func reads(where condition: ([String]) -> Bool) -> Bool {
        if self.condition?.references.contains(where: condition) ?? false { return true }
        return switch content {
        case .ini(let sections):
            sections.contains { section in
                section.nameTemplate?.references.contains(where: condition) ?? false
                    || section.keys.contains { $0.templates.contains { $0.references.contains(where: condition) } }
            }
        case .template(let template): template.references.contains(where: condition)
        case .certificate(let names): names.contains { $0.references.contains(where: condition) }
        case .authority: false
        }
    }
}
