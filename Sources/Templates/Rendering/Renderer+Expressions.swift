import Model

extension Renderer {
    func evaluate(_ expression: Expression) throws -> Datum {
        switch expression.kind {
        case .constant(let value): return Datum(value)
        case .name(let reference): return lookup(reference, at: expression.offset)
        case .attribute(let target, let name):
            let target = try evaluate(target)
            if case .mapping(let map) = target, let value = map[name] { return Datum(value) }
            return try at(expression.offset) { try target.attribute(name, at: expression.offset) }
        default: return try evaluateOperation(expression)
        }
    }

    private func evaluateOperation(_ expression: Expression) throws -> Datum {
        switch expression.kind {
        case .constant, .name, .attribute: return try evaluate(expression)
        case .list(let items):
            let elements = try items.map { try evaluate($0) }
            return try at(expression.offset) { try .list(elements) }
        case .tuple(let items):
            let elements = try items.map { try evaluate($0) }
            return try at(expression.offset) { try .tuple(elements) }
        case .dictionary(let pairs): return try evaluateDictionary(pairs, at: expression.offset)
        case .element(let target, let key): return try evaluateElement(target, key, at: expression.offset)
        case .slice(let target, let start, let end, let step):
            return try evaluateSlice(target, start, end, step, at: expression.offset)
        case .not(let operand): return .bool(try !isTrue(operand))
        case .negative(let operand):
            let datum = try evaluate(operand)
            return try at(expression.offset) { try datum.negated() }
        case .positive(let operand):
            let datum = try evaluate(operand)
            return try at(expression.offset) { try datum.unchanged() }
        case .arithmetic(let operation, let left, let right):
            return try evaluateArithmetic(operation, left, right, at: expression.offset)
        case .and(let left, let right):
            let datum = try evaluate(left)
            return try at(left.offset) { try datum.isTrue() } ? try evaluate(right) : datum
        case .or(let left, let right):
            let datum = try evaluate(left)
            return try at(left.offset) { try datum.isTrue() } ? datum : try evaluate(right)
        case .comparison(let first, let rest): return try evaluateComparison(first, rest, at: expression.offset)
        case .concatenation(let items): return try evaluateConcatenation(items)
        case .conditional(let test, let value, let otherwise):
            if try isTrue(test) { return try evaluate(value) }
            if let otherwise { return try evaluate(otherwise) }
            let offset = expression.offset
            return .undefined(
                Undefined(isSilent: true) {
                    Failure("the condition is false and has no 'else', so there is no value", offset: offset)
                })
        case .filter: return try evaluate(expression, input: nil)
        case .test(let test, let input, let arguments):
            return .bool(try evaluateTest(test, input, arguments, at: expression.offset))
        case .call(let callee, let arguments): return try evaluateCall(callee, arguments, at: expression.offset)
        case .method(let target, let name, let arguments):
            return try evaluateMethod(target, name, arguments, at: expression.offset)
        }
    }

    /// The value of a name: a variable of the template, a name of the scope, or a global function.
    func lookup(_ reference: NameReference, at offset: Int) -> Datum {
        for slot in reference.slots {
            var owner = frame
            for _ in 0..<slot.frame {
                guard let parent = owner.parent else { break }
                owner = parent
            }
            if let datum = owner.slots[slot.index] { return datum }
        }
        if let value = scope.lookup(reference.name) { return Datum(value) }
        if let function = GlobalFunction(rawValue: reference.name) { return .object(FunctionObject(function)) }
        let scope = scope
        let name = reference.name
        return .undefined(
            Undefined {
                Failure(
                    "the name '\(name)' is not defined",
                    remedy: nearestName(to: name, among: scope.names).map { "did you mean '\($0)'?" },
                    offset: offset)
            })
    }

    private func evaluateDictionary(
        _ pairs: [(key: Expression, value: Expression)], at offset: Int
    ) throws -> Datum {
        var evaluated: [(key: Datum, value: Datum)] = []
        for (key, value) in pairs { evaluated.append((try evaluate(key), try evaluate(value))) }
        return try at(offset) { .dictionary(try DatumDictionary(evaluated)) }
    }

    private func evaluateElement(_ target: Expression, _ key: Expression, at offset: Int) throws -> Datum {
        let container = try evaluate(target)
        let datum = try evaluate(key)
        return try at(offset) { try container.element(datum, at: key.offset) }
    }

    private func evaluateSlice(
        _ target: Expression, _ start: Expression?, _ end: Expression?, _ step: Expression?, at offset: Int
    ) throws -> Datum {
        let container = try evaluate(target)
        let bounds = try [start, end, step].map { try $0.map { try evaluate($0) } }
        return try at(offset) { try container.slice(from: bounds[0], to: bounds[1], step: bounds[2]) }
    }

    private func evaluateArithmetic(
        _ operation: Arithmetic, _ left: Expression, _ right: Expression, at offset: Int
    ) throws -> Datum {
        let one = try evaluate(left)
        let other = try evaluate(right)
        return try at(offset) { try one.apply(operation, other) }
    }

    private func evaluateComparison(
        _ first: Expression, _ rest: [(operation: Comparison, operand: Expression)], at offset: Int
    ) throws -> Datum {
        var left = try evaluate(first)
        for (operation, operand) in rest {
            let right = try evaluate(operand)
            if try !at(offset, { try left.compare(operation, right) }) { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    private func evaluateConcatenation(_ items: [Expression]) throws -> Datum {
        var text = ""
        for item in items {
            let datum = try evaluate(item)
            try at(item.offset) {
                text += try datum.string()
                try Limits.check(bytes: text.utf8.count)
            }
        }
        return .string(text)
    }
}
