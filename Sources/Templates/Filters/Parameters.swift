/// The parameters of a filter or test, without its input.
enum Parameters: Sendable {
    case fixed([String], required: Int)
    /// Any arguments; the filter passes them on or formats them.
    case any

    static let none = Parameters.fixed([], required: 0)

    /// Matches arguments to parameters. The result has an entry for each parameter, nil where it has no argument; it is
    /// empty where there are no arguments at all.
    static func match<Argument>(
        positional: [Argument], named: [(name: String, value: Argument)], to names: [String], required: Int,
        of callee: String
    ) throws -> [Argument?] {
        if positional.isEmpty, named.isEmpty, required == 0 { return [] }
        if positional.count > names.count {
            throw Failure("\(callee) takes \(names.count) arguments at most, found \(positional.count)")
        }
        var bound: [Argument?] = positional
        bound += [Argument?](repeating: nil, count: names.count - positional.count)
        for (name, value) in named {
            guard let index = names.firstIndex(of: name) else {
                throw Failure(unknown: "\(callee): the argument", name, among: names)
            }
            if bound[index] != nil { throw Failure("\(callee): the argument '\(name)' is given twice") }
            bound[index] = value
        }
        for index in 0..<required where bound[index] == nil {
            throw Failure("\(callee) needs the argument '\(names[index])'")
        }
        return bound
    }

    /// Matches arguments that are only known when rendering.
    func bind(_ values: ArgumentValues, of callee: String) throws -> FilterArguments {
        switch self {
        case .any: FilterArguments(rest: values)
        case .fixed(let names, let required):
            FilterArguments(
                values: try Parameters.match(
                    positional: values.positional, named: values.named, to: names, required: required, of: callee))
        }
    }
}

/// The arguments of a filter or test, in the order of its parameters.
struct FilterArguments {
    var values: [Datum?] = []
    /// The arguments of a filter that takes any.
    var rest = ArgumentValues()

    static var none: FilterArguments { FilterArguments() }

    /// The argument at an index; nil where it is not given.
    subscript(_ index: Int) -> Datum? {
        index < values.count ? values[index] : nil
    }

    /// The argument at an index; nil where it is not given or is Python's None.
    func optional(_ index: Int) -> Datum? {
        if case .some(.none) = self[index] { return nil }
        return self[index]
    }

    func flag(_ index: Int) throws -> Bool {
        try self[index]?.isTrue() ?? false
    }

    func text(_ index: Int) throws -> String? {
        guard let datum = optional(index) else { return nil }
        if case .undefined(let undefined) = datum { throw undefined.failure }
        guard let text = datum.text else { throw Failure("a string is needed here, found \(datum.described)") }
        return text
    }

    func integer(_ index: Int) throws -> Int? {
        guard let datum = self[index] else { return nil }
        if case .undefined(let undefined) = datum { throw undefined.failure }
        guard let number = datum.integer else {
            throw Failure("a whole number is needed here, found \(datum.described)")
        }
        return number
    }
}

/// A filter, used as `input | name`.
final class Filter: Sendable {
    typealias Body = @Sendable (Renderer, Datum, FilterArguments) throws -> Datum

    let name: String
    let parameters: Parameters
    /// Whether the filter accepts an undefined input.
    let acceptsUndefined: Bool
    let apply: Body

    init(_ name: String, _ parameters: Parameters, acceptsUndefined: Bool = false, _ apply: @escaping Body) {
        self.name = name
        self.parameters = parameters
        self.acceptsUndefined = acceptsUndefined
        self.apply = apply
    }

    convenience init(_ name: String, _ names: [String] = [], required: Int = 0, _ apply: @escaping Body) {
        self.init(name, .fixed(names, required: required), apply)
    }
}

/// A test, used as `input is name`.
final class Test: Sendable {
    typealias Body = @Sendable (Datum, FilterArguments) throws -> Bool

    let name: String
    let parameters: Parameters
    let apply: Body

    init(_ name: String, _ parameters: Int = 0, _ apply: @escaping Body) {
        self.name = name
        self.parameters = .fixed(Array(["other"].prefix(parameters)), required: parameters)
        self.apply = apply
    }
}
