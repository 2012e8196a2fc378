extension Filters {
    static let mappings: [Filter] = [
        Filter("items", .none, acceptsUndefined: true) { _, input, _ in
            if case .undefined = input { return .object(try LazySequence([])) }
            return .object(try LazySequence(MappingView(.items, of: input).all))
        },
        Filter("dictsort", ["case_sensitive", "by", "reverse"]) { _, input, arguments in
            let isSensitive = try arguments.flag(0)
            let by = try arguments.text(1) ?? "key"
            guard by == "key" || by == "value" else {
                throw Failure("dictsort sorts by 'key' or 'value', found '\(by)'")
            }
            let items = try input.pairs().map { try Datum.tuple([$0.key, $0.value]) }
            return try .list(
                sorted(items, descending: arguments.flag(2)) { item in
                    let key = try item.elements()[by == "key" ? 0 : 1]
                    return isSensitive ? key : ignoringCase(key)
                })
        },
        Filter("groupby", ["attribute", "default", "case_sensitive"], required: 1) { _, input, arguments in
            let path = try path(arguments[0] ?? .none)
            let fallback = arguments.optional(1)
            let isSensitive = try arguments.flag(2)
            func key(_ element: Datum) throws -> Datum {
                let key = try follow(path, from: element, fallback: fallback)
                return isSensitive ? key : ignoringCase(key)
            }
            var groups: [(key: Datum, elements: [Datum])] = []
            for element in try sorted(try input.elements(), by: key) {
                let key = try key(element)
                if let last = groups.last, try last.key.equals(key) {
                    groups[groups.count - 1].elements.append(element)
                } else {
                    groups.append((key, [element]))
                }
            }
            return try .list(
                groups.map { group in
                    let grouper =
                        try isSensitive ? group.key : follow(path, from: group.elements[0], fallback: fallback)
                    return .tuple(try Items([grouper, .list(group.elements)], names: ["grouper", "list"]))
                })
        },
    ]
}
