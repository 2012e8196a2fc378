extension Filters {
    static let selections: [Filter] = [
        Filter("map", .any) { renderer, input, arguments in try map(renderer, input, arguments.rest) },
        Filter("select", .any) { _, input, arguments in
            try select(input, arguments.rest, byAttribute: false, keeping: true)
        },
        Filter("reject", .any) { _, input, arguments in
            try select(input, arguments.rest, byAttribute: false, keeping: false)
        },
        Filter("selectattr", .any) { _, input, arguments in
            try select(input, arguments.rest, byAttribute: true, keeping: true)
        },
        Filter("rejectattr", .any) { _, input, arguments in
            try select(input, arguments.rest, byAttribute: true, keeping: false)
        },
    ]

    private static func map(_ renderer: Renderer, _ input: Datum, _ arguments: ArgumentValues) throws -> Datum {
        guard try input.isTrue() else { return .object(try LazySequence([])) }
        if arguments.positional.isEmpty, let attribute = arguments.named.first(where: { $0.name == "attribute" }) {
            var fallback: Datum?
            for (name, value) in arguments.named where name != "attribute" {
                guard name == "default" else {
                    throw Failure(unknown: "map: the argument", name, among: ["attribute", "default"])
                }
                if case .none = value { continue }
                fallback = value
            }
            let path = try path(attribute.value)
            return .object(
                try LazySequence(try input.elements().map { try follow(path, from: $0, fallback: fallback) }))
        }
        guard let name = arguments.positional.first?.text else {
            throw Failure("map needs a filter's name or 'attribute='")
        }
        guard let filter = all[name] else { throw Failure(unknown: "the filter", name, among: all.keys) }
        let rest = ArgumentValues(positional: Array(arguments.positional.dropFirst()), named: arguments.named)
        let bound = try filter.parameters.bind(rest, of: "the filter '\(name)'")
        return .object(try LazySequence(try input.elements().map { try renderer.apply(filter, to: $0, bound) }))
    }

    private static func select(
        _ input: Datum, _ arguments: ArgumentValues, byAttribute: Bool, keeping wanted: Bool
    ) throws -> Datum {
        guard try input.isTrue() else { return .object(try LazySequence([])) }
        var positional = arguments.positional[...]
        var attributePath: [Datum] = []
        if byAttribute {
            guard let attribute = positional.popFirst() else { throw Failure("an attribute's name is needed here") }
            attributePath = try path(attribute)
        }
        var test: (test: Test, arguments: FilterArguments)?
        if let name = positional.popFirst() {
            guard let found = name.text.flatMap({ Tests.all[$0] }) else {
                throw Failure(unknown: "the test", name.text ?? name.described, among: Tests.all.keys)
            }
            let rest = ArgumentValues(positional: Array(positional), named: arguments.named)
            test = (found, try found.parameters.bind(rest, of: "the test '\(found.name)'"))
        }
        return .object(
            try LazySequence(
                try input.elements().filter { element in
                    let value = try follow(attributePath, from: element)
                    let isSelected = try test.map { try $0.test.apply(value, $0.arguments) } ?? value.isTrue()
                    return isSelected == wanted
                }))
    }
}
