/// The shape of a value that templates see.
package indirect enum ScopeShape: Sendable {
    /// A text, a number, a truth, or a list of such.
    case value
    /// A record: its names are the type's cases.
    case record(any ScopeRecord.Type)
    /// A list of records.
    case list(any ScopeRecord.Type)
    /// Values of one shape, by names that recipes, releases and environments choose.
    case map(ScopeKeys, ScopeShape)
    /// A value of any shape.
    case anything
}

/// A record of values that templates see: the cases are its names, in the order in which the reference lists them.
package protocol ScopeRecord: CaseIterable, RawRepresentable<String>, Sendable {
    /// The shape of the name's value.
    var shape: ScopeShape { get }
    /// The meaning of the name, as the reference tells it; empty where the name says all.
    var help: String { get }
    /// The kind of template that sees the name; nil where all do.
    var condition: ScopeCondition? { get }
}

extension ScopeRecord {
    package var shape: ScopeShape { .value }
    package var help: String { "" }
    package var condition: ScopeCondition? { nil }

    /// The name as templates write it.
    package var name: String { rawValue }

    /// The name that templates write so; nil where the record has none.
    package static func field(_ name: String) -> (any ScopeRecord)? { Self(rawValue: name) }

    /// All names of the record.
    package static var fields: [any ScopeRecord] { allCases.map { $0 } }
}

/// The source of names that the definition of what templates see does not know by itself.
package enum ScopeKeys: Sendable {
    case settings, secrets, generated, requirements, listeners, endpoints, networks, releaseValues, grants

    /// The word that stands for such a name in the reference.
    package var placeholder: String {
        switch self {
        case .listeners: "LISTENER"
        case .networks: "NETWORK"
        case .grants: "KEY"
        case .settings, .secrets, .generated, .requirements, .endpoints, .releaseValues: "NAME"
        }
    }

    /// The spellings of a name in templates: as it is, and with underscores, since none after a dot can have hyphens.
    package static func spellings(of name: String) -> [String] {
        name.utf8.contains(hyphen) ? [name, String(decoding: underscored(name), as: UTF8.self)] : [name]
    }

    /// Whether a text is one of the spellings of a name.
    package static func isSpelling(_ text: String, of name: String) -> Bool {
        text == name || text.utf8.elementsEqual(underscored(name))
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func underscored(_ name: String) -> some Collection<UInt8> {
        name.utf8.lazy.map { $0 == hyphen ? UInt8(ascii: "_") : $0 }
    }
}

/// A kind of template that sees more than others.
package enum ScopeCondition: Sendable {
    /// A template of the service that is the front.
    case front
    /// A template of the service that links hosts.
    case linkingHosts
    /// The input of what a service provides to others.
    case grantInput

    /// The place in a recipe that a template of the kind has.
    package var place: String {
        switch self {
        case .front: "where `front: true`"
        case .linkingHosts: "where `links-hosts: true`"
        case .grantInput: "in `provides.input`"
        }
    }
}
