import Documents
import Model

/// The options that a program reads from its INI files, in one release.
public struct OptionList: Sendable {
    /// An option of a program.
    public struct Option: Sendable, Hashable {
        /// The values that the option takes.
        public let type: OptionType
        /// Whether the option can be given several times, so that all its values are used.
        public let isRepeated: Bool
    }

    private struct Section: Sendable {
        var name: String
        var options: [String: Option]
    }

    /// The sections by their folded names.
    private var sections: [String: Section] = [:]

    /// Parses a list: an INI file whose keys are options, and whose values are their types.
    ///
    /// - Throws: `Problems` with every type that does not exist.
    init(_ file: CatalogFile) throws(Problems) {
        let document = try INIDocument(parsing: file.text, file: file.path)
        let problems = ProblemList()
        for section in document.sections {
            var options = Section(name: section.name, options: [:])
            for key in section.keys {
                let text = key.values.last ?? ""
                let isRepeated = text.hasPrefix("repeated ")
                guard let type = OptionType(isRepeated ? text.dropFirst("repeated ".count) : text[...]) else {
                    problems.add(
                        at: file.place(of: ["\(key.name) = \(text)"]),
                        "[\(section.name)] \(key.name) has the unknown type \"\(text)\"",
                        remedy: "make the list again: `make options`")
                    continue
                }
                options.options[key.name] = Option(type: type, isRepeated: isRepeated)
            }
            sections[Self.folded(section.name)] = options
        }
        try problems.check()
    }

    /// The name as oslo.config compares it: in lower case, except for DEFAULT.
    private static func folded(_ name: String) -> String { name == "DEFAULT" ? name : name.lowercased() }

    /// The name of the section with options that can be in any section.
    private static let anywhere = "*"

    /// The names of the sections, sorted.
    public var sectionNames: [String] {
        sections.values.map(\.name).filter { $0 != Self.anywhere }.sorted()
    }

    /// Whether the program has a section of this name.
    public func has(section: String) -> Bool { sections[Self.folded(section)] != nil && section != Self.anywhere }

    /// The option of this name in a section, or else one that can be in any section.
    public func option(_ name: String, in section: String) -> Option? {
        sections[Self.folded(section)]?.options[name] ?? sections[Self.anywhere]?.options[name]
    }

    /// The names of a section's options, with those that can be in any section.
    public func names(in section: String) -> [String] {
        [Self.folded(section), Self.anywhere].flatMap { sections[$0].map { Array($0.options.keys) } ?? [] }
    }

    /// The sections that have an option of this name, sorted.
    public func sections(having name: String) -> [String] {
        sectionNames.filter { sections[Self.folded($0)]?.options[name] != nil }
    }
}

/// The lists of options of a catalogue, each read on demand.
public struct OptionLists: Sendable {
    let file: @Sendable (_ release: String, _ name: String) throws -> CatalogFile?
    /// Lists the names of the lists of all releases.
    let names: @Sendable () throws -> Set<String>

    /// Reads the list `name` of a release; returns nil where the catalogue has none.
    public func list(_ name: String, release: String) throws -> OptionList? {
        try file(release, name).map { try OptionList($0) }
    }
}
