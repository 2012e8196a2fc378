import Model

/// A check of an operator's values for a file against the options that its program knows.
public struct OptionCheck {
    /// The problems of values that the program does not accept.
    public private(set) var problems: [Problem] = []
    /// Notes about sections, options and references that the program does not know, but a plug-in may.
    public private(set) var notes: [Problem] = []
    private let service: String
    private let release: String
    private let file: FileRecipe
    private let list: OptionList
    private var unknownSections: Set<String> = []

    /// Creates a check of a service's file in a release; keys in the recipe's own file count as known.
    public init(_ list: OptionList, service: String, file: FileRecipe, release: String) {
        self.service = service
        self.release = release
        self.file = file
        self.list = list
    }

    /// Checks one override; one that removes a key is always accepted.
    public mutating func check(_ override: FileOverride) {
        if override.values.isEmpty { return }
        let (section, key) = (override.section, override.key)
        guard let option = list.option(key, in: section) else { return noteUnknown(override) }
        for (value, place) in zip(override.values, override.valuePlaces) {
            guard let text = value.constant else { continue }
            noteReferences(in: text, at: place, section: section)
            guard let complaint = option.type.complaint(about: text) else { continue }
            problems.append(
                Problem(
                    at: place, "\(service)'s \(file.path) [\(section)] \(key) \(complaint.text)",
                    remedy: complaint.remedy))
        }
        if override.values.count > 1, !option.isRepeated {
            var isList = false
            if case .list = option.type { isList = true }
            note(
                at: override.place,
                "takes [\(section)] \(key) once, and the last of its \(override.values.count) values counts",
                remedy: isList ? "write one text, with commas between values" : "write one value")
        }
    }

    private mutating func noteUnknown(_ override: FileOverride) {
        let (section, key) = (override.section, override.key)
        if has(key, in: section) { return }
        guard list.has(section: section) else {
            // A section that only the recipe has belongs to a plug-in, and so do its options.
            let isOwn = file.sections.contains { $0.canBe(named: section) }
            guard !isOwn, unknownSections.insert(section).inserted else { return }
            let near = nearestName(to: section, among: list.sectionNames)
            return note(
                at: override.sectionPlace, "has no section [\(section)]", remedy: near.map { "did you mean [\($0)]?" })
        }
        note(at: override.place, "has no option [\(section)] \(key)", remedy: remedy(for: key, in: section))
    }

    /// Adds a note for each `$NAME` that is no option; the name may be of the same section, of DEFAULT, or of a section
    /// given before a dot.
    private mutating func noteReferences(in text: String, at place: Place, section: String) {
        guard file.hasReferences else { return }
        for name in optionReferences(in: text) {
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            let isKnown =
                [section, "DEFAULT"].contains { has(name, in: $0) } || parts.count == 2 && has(parts[1], in: parts[0])
            if isKnown { continue }
            let names = list.names(in: section) + list.names(in: "DEFAULT")
            note(
                at: place, "has no option for $\(name)",
                remedy: nearestName(to: name, among: names).map { "did you mean $\($0)?" }
                    ?? "write \\$ for a dollar")
        }
    }

    /// Whether the program's list or the recipe's own file has a key in a section.
    private func has(_ key: String, in section: String) -> Bool {
        if list.option(key, in: section) != nil { return true }
        return file.sections.contains { own in
            own.canBe(named: section) && own.keys.contains { $0.canBe(named: key) }
        }
    }

    private func remedy(for key: String, in section: String) -> String? {
        let others = list.sections(having: key)
        if others.count == 1 { return "did you mean [\(others[0])] \(key)?" }
        return nearestName(to: key, among: list.names(in: section)).map { "did you mean \($0)?" }
    }

    private mutating func note(at place: Place, _ message: String, remedy: String?) {
        notes.append(Problem(at: place, "\(file.path) of \(release) \(message)", remedy: remedy))
    }
}
