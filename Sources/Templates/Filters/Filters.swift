/// The filters that templates can use.
enum Filters {
    static let all: [String: Filter] = {
        var filters: [String: Filter] = [:]
        for filter in text + markup + numbers + sequences + mappings + selections + conversions {
            filters[filter.name] = filter
        }
        for (alias, name) in [("d", "default"), ("count", "length"), ("e", "escape")] {
            filters[alias] = filters[name]
        }
        return filters
    }()

    /// Jinja's filters that are not supported.
    static let refused: Set<String> = [
        "attr", "pprint", "random", "striptags", "urlize", "wordwrap", "xmlattr",
    ]

    /// Splits an `attribute` argument, such as `address.city` or `0`, into its keys.
    static func path(_ attribute: Datum) throws -> [Datum] {
        guard let text = attribute.text else { return [attribute] }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { part in
            let part = String(part) ?? ""
            let isNumber = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return (isNumber ? Int(part) : nil).map(Datum.int) ?? .string(part)
        }
    }

    /// Follows a path of attributes; `fallback` replaces each value on the way that does not exist.
    static func follow(_ path: [Datum], from start: Datum, fallback: Datum? = nil) throws -> Datum {
        var datum = start
        for key in path {
            datum = try datum.element(key, at: nil)
            if let fallback, case .undefined = datum { datum = fallback }
        }
        return datum
    }

    /// The key of a case-insensitive comparison: a string in lower case, any other value unchanged.
    static func ignoringCase(_ datum: Datum) -> Datum {
        datum.text.map { .string($0.lowercased()) } ?? datum
    }

    /// Sorts stably, computing each key once.
    static func sorted(
        _ elements: [Datum], descending: Bool = false, by key: (Datum) throws -> Datum
    ) throws -> [Datum] {
        var keyed: [(key: Datum, element: Datum)] = []
        keyed.reserveCapacity(elements.count)
        for element in elements { keyed.append((try key(element), element)) }
        try keyed.sort { left, right in
            try (descending ? right.key.order(left.key) : left.key.order(right.key)) == .less
        }
        return keyed.map(\.element)
    }
}
