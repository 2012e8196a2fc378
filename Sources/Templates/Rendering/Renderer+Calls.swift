/// The arguments of a call as values.
struct ArgumentValues {
    var positional: [Datum] = []
    var named: [(name: String, value: Datum)] = []
}

extension Renderer {
    func evaluate(_ arguments: Arguments) throws -> ArgumentValues {
        var values = ArgumentValues()
        for expression in arguments.positional { values.positional.append(try evaluate(expression)) }
        for (name, expression) in arguments.named { values.named.append((name, try evaluate(expression))) }
        if let spread = arguments.spread {
            let datum = try evaluate(spread)
            values.positional += try at(spread.offset) { try datum.elements() }
        }
        if let spread = arguments.namedSpread {
            let datum = try evaluate(spread)
            try at(spread.offset) {
                for (key, value) in try datum.pairs() {
                    guard let name = key.text else { throw Failure("'**' needs a mapping with names as keys") }
                    values.named.append((name, value))
                }
            }
        }
        return values
    }

    // MARK: filters and tests

    /// Evaluates a chain of filters; `input` is the input of the innermost one where that has none of its own.
    func evaluate(_ expression: Expression, input given: Datum?) throws -> Datum {
        guard case .filter(let filter, let inner, let arguments) = expression.kind else {
            return try evaluate(expression)
        }
        let input: Datum
        if let inner {
            input = given == nil ? try evaluate(inner) : try evaluate(inner, input: given)
        } else {
            input = given ?? .none
        }
        let bound = try bind(arguments, to: filter.parameters, of: "the filter '\(filter.name)'", at: expression.offset)
        return try at(expression.offset) { try apply(filter, to: input, bound) }
    }

    func apply(_ filter: Filter, to input: Datum, _ arguments: FilterArguments) throws -> Datum {
        if !filter.acceptsUndefined, case .undefined(let undefined) = input { try undefined.use() }
        return try filter.apply(self, input, arguments)
    }

    func evaluateTest(
        _ test: Test, _ input: Expression, _ arguments: BoundArguments, at offset: Int
    ) throws -> Bool {
        let datum = try evaluate(input)
        let bound = try bind(arguments, to: test.parameters, of: "the test '\(test.name)'", at: offset)
        return try at(offset) { try test.apply(datum, bound) }
    }

    private func bind(
        _ arguments: BoundArguments, to parameters: Parameters, of callee: @autoclosure () -> String, at offset: Int
    ) throws -> FilterArguments {
        switch arguments {
        case .fixed(let expressions):
            if expressions.isEmpty { return .none }
            return FilterArguments(values: try expressions.map { try $0.map { try evaluate($0) } })
        case .dynamic(let written):
            let values = try evaluate(written)
            return try at(offset) { try parameters.bind(values, of: callee()) }
        }
    }

    // MARK: calls

    func evaluateCall(_ callee: Expression, _ arguments: Arguments, at offset: Int) throws -> Datum {
        let function = try evaluate(callee)
        let values = try evaluate(arguments)
        return try at(offset) { try call(function, values) }
    }

    func call(_ function: Datum, _ arguments: ArgumentValues) throws -> Datum {
        switch function {
        case .object(let macro as Macro): return try call(macro, arguments)
        case .object(let global as FunctionObject): return try call(global.function, arguments)
        case .object(let joiner as Joiner): return joiner.next()
        case .object(let loop as LoopState):
            guard let recurse = loop.recurse else {
                throw Failure("'loop' can only be called in a loop that is marked 'recursive'")
            }
            guard arguments.positional.count == 1, arguments.named.isEmpty else {
                throw Failure("loop() takes one value")
            }
            return try recurse(arguments.positional[0])
        case .undefined(let undefined): throw undefined.failure
        default: throw Failure("\(function.described) cannot be called")
        }
    }

    private func call(_ macro: Macro, _ arguments: ArgumentValues) throws -> Datum {
        let definition = macro.definition
        let frame = Frame(slotCount: definition.slotCount, parent: macro.frame)
        var named = arguments.named
        let name = "the macro '\(definition.name)'"
        var defaults: [MacroDefinition.Parameter] = []
        for (index, parameter) in definition.parameters.enumerated() {
            if index < arguments.positional.count {
                frame.slots[parameter.slot] = arguments.positional[index]
            } else if let place = named.firstIndex(where: { $0.name == parameter.name }) {
                frame.slots[parameter.slot] = named.remove(at: place).value
            } else if parameter.fallback != nil {
                defaults.append(parameter)
            } else {
                let missing = parameter.name
                frame.slots[parameter.slot] = .undefined(
                    Undefined { Failure("the parameter '\(missing)' of \(name) was not given") })
            }
        }
        if let slot = definition.callerSlot {
            let place = named.firstIndex { $0.name == "caller" }
            frame.slots[slot] =
                place.map { named.remove(at: $0).value }
                ?? .undefined(Undefined { Failure("\(name) was not called by a call block, so it has no caller") })
        }
        let extra = arguments.positional.dropFirst(definition.parameters.count)
        if let slot = definition.positionalSlot {
            frame.slots[slot] = try .tuple(Array(extra))
        } else if !extra.isEmpty {
            throw Failure("\(name) takes \(definition.parameters.count) arguments, found \(arguments.positional.count)")
        }
        if let slot = definition.namedSlot {
            frame.slots[slot] = .dictionary(
                try DatumDictionary(named.map { (key: .string($0.name), value: $0.value) }))
        } else if let first = named.first {
            if first.name == "caller" { throw Failure("\(name) does not use 'caller', so no call block can call it") }
            throw Failure(unknown: "\(name): the parameter", first.name, among: definition.parameters.map(\.name))
        }
        return try call(in: frame) {
            for parameter in defaults {
                if let fallback = parameter.fallback { frame.slots[parameter.slot] = try evaluate(fallback) }
            }
            return .string(try capture { try run(definition.body) })
        }
    }

    private func call(_ function: GlobalFunction, _ arguments: ArgumentValues) throws -> Datum {
        switch function {
        case .range:
            let numbers = try arguments.positional.map { datum -> Int in
                if case .undefined(let undefined) = datum { throw undefined.failure }
                guard let number = datum.integer else {
                    throw Failure("range() needs whole numbers, found \(datum.described)")
                }
                return number
            }
            guard (1...3).contains(numbers.count), arguments.named.isEmpty else {
                throw Failure("range() takes one to three numbers")
            }
            if numbers.count == 1 { return .object(try NumberRange(start: 0, end: numbers[0], step: 1)) }
            return .object(
                try NumberRange(start: numbers[0], end: numbers[1], step: numbers.count == 3 ? numbers[2] : 1))
        case .dict: return .dictionary(try DatumDictionary(try dictionaryPairs(arguments, of: "dict()")))
        case .namespace:
            let namespace = Namespace()
            for (key, value) in try dictionaryPairs(arguments, of: "namespace()") {
                try namespace.set(try key.string(), to: value)
            }
            return .object(namespace)
        case .cycler: return .object(try Cycler(arguments.positional))
        case .joiner:
            return .object(
                Joiner(arguments.positional.first ?? arguments.named.first?.value ?? .string(", ")))
        }
    }

    private func dictionaryPairs(
        _ arguments: ArgumentValues, of name: String
    ) throws -> [(key: Datum, value: Datum)] {
        if arguments.positional.count > 1 { throw Failure("\(name) takes one mapping at most, beside named values") }
        var pairs: [(key: Datum, value: Datum)] = []
        if let first = arguments.positional.first {
            switch first {
            case .mapping, .dictionary: pairs = try first.pairs()
            default:
                pairs = try first.elements().map { element in
                    let pair = try element.elements()
                    guard pair.count == 2 else { throw Failure("\(name) needs pairs of a key and a value") }
                    return (pair[0], pair[1])
                }
            }
        }
        return pairs + arguments.named.map { (key: .string($0.name), value: $0.value) }
    }

    // MARK: methods

    func evaluateMethod(_ target: Expression, _ name: String, _ arguments: Arguments, at offset: Int) throws -> Datum {
        let datum = try evaluate(target)
        let values = try evaluate(arguments)
        return try at(offset) {
            if case .undefined(let undefined) = datum { throw undefined.failure }
            if let result = try Methods.call(name, of: datum, values) { return result }
            return try call(try datum.attribute(name, at: offset), values)
        }
    }
}
