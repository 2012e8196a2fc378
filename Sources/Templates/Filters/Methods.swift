/// The methods of strings, lists and mappings that templates can call.
enum Methods {
    static let names: Set<String> = Set(strings.keys).union(mappings).union(sequences).union(objects)
        .union(LoopState.methods)

    /// Python's methods that would change a value or are not supported.
    static let refused: Set<String> = [
        "append", "extend", "insert", "pop", "popitem", "remove", "clear", "update", "setdefault", "sort", "reverse",
        "format", "format_map", "encode", "translate", "maketrans",
    ]

    private static let mappings: Set<String> = ["items", "keys", "values", "get", "copy"]
    private static let sequences: Set<String> = ["index", "count"]
    private static let objects: Set<String> = ["next", "reset"]

    /// Calls a method; returns nil where the value has no method of the name.
    static func call(_ name: String, of datum: Datum, _ arguments: ArgumentValues) throws -> Datum? {
        switch datum {
        case .string(let text), .markup(let text):
            guard let method = strings[name] else { return nil }
            let values = try Parameters.match(
                positional: arguments.positional, named: arguments.named, to: method.parameters,
                required: method.required, of: "\(name)()")
            return try method.apply(text, FilterArguments(values: values))
        case .mapping, .dictionary: return try callMapping(name, datum, arguments)
        case .values, .list, .tuple: return try callSequence(name, datum, arguments)
        case .object(let loop as LoopState):
            switch name {
            case "cycle": return try loop.cycle(arguments.positional)
            case "changed": return try loop.changed(arguments.positional)
            default: return nil
            }
        case .object(let cycler as Cycler):
            switch name {
            case "next": return cycler.next()
            case "reset":
                cycler.reset()
                return Datum.none
            default: return nil
            }
        default: return nil
        }
    }

    private static func callMapping(_ name: String, _ datum: Datum, _ arguments: ArgumentValues) throws -> Datum? {
        guard mappings.contains(name) else { return nil }
        guard name == "get" else {
            _ = try Parameters.match(
                positional: arguments.positional, named: arguments.named, to: [], required: 0, of: "\(name)()")
            switch name {
            case "items": return .object(try MappingView(.items, of: datum))
            case "keys": return .object(try MappingView(.keys, of: datum))
            case "values": return .object(try MappingView(.values, of: datum))
            default: return datum
            }
        }
        guard (1...2).contains(arguments.positional.count), arguments.named.isEmpty else {
            throw Failure("get() takes a key and a default")
        }
        _ = try Key(arguments.positional[0])
        return try datum.valueUnder(arguments.positional[0])
            ?? (arguments.positional.count > 1 ? arguments.positional[1] : Datum.none)
    }

    private static func callSequence(_ name: String, _ datum: Datum, _ arguments: ArgumentValues) throws -> Datum? {
        guard sequences.contains(name) else { return nil }
        guard arguments.positional.count == 1, arguments.named.isEmpty else {
            throw Failure("\(name)() takes one value")
        }
        var count = 0
        for (index, element) in try datum.elements().enumerated() where try element.equals(arguments.positional[0]) {
            if name == "index" { return .int(index) }
            count += 1
        }
        if name == "index" { throw Failure("\(arguments.positional[0].described) is not in the list") }
        return .int(count)
    }
}
