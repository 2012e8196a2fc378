import Model

extension Parser {
    /// Reads `.name`, `[…]` and `(…)` after an expression. `path` is the part of a free name's path read so far.
    mutating func parsePostfix(of start: Expression, path freePath: [String]? = nil) throws -> Expression {
        var expression = start
        var path = freePath
        func note(_ parser: inout Parser) {
            if let path { parser.names.refer(to: path) }
            path = nil
        }
        while true {
            let offset = current.offset
            if isSymbol(".") {
                advance()
                switch current.kind {
                case .name(let name):
                    let nameOffset = advance().offset
                    if isSymbol("(") {
                        note(&self)
                        try checkMethod(name, of: expression, at: nameOffset)
                        let arguments = try parseArguments()
                        expression = try node(
                            .method(expression, name, arguments), at: nameOffset,
                            above: max(expression.depth, arguments.depth))
                    } else {
                        path?.append(name)
                        expression = try node(.attribute(expression, name), at: nameOffset, over: expression)
                    }
                case .integer(let number):
                    let key = try node(.constant(.int(number)), at: advance().offset, above: 0)
                    path?.append("\(number)")
                    expression = try node(.element(expression, key), at: offset, over: expression, key)
                default: throw unexpected("a name or a number after '.'")
                }
            } else if isSymbol("[") {
                let wasFree = path
                path = nil
                expression = try parseSubscript(of: expression)
                path = wasFree
                switch expression.kind {
                case .element(_, let key):
                    switch key.kind {
                    case .constant(.string(let name)): path?.append(name)
                    case .constant(.int(let number)): path?.append("\(number)")
                    default: note(&self)
                    }
                default: note(&self)
                }
            } else if isSymbol("(") {
                if case .name(let reference) = expression.kind, GlobalFunction(rawValue: reference.name) != nil {
                    path = nil
                }
                note(&self)
                let arguments = try parseArguments()
                expression = try node(
                    .call(expression, arguments), at: offset, above: max(expression.depth, arguments.depth))
            } else {
                note(&self)
                return expression
            }
        }
    }

    private func checkMethod(_ name: String, of target: Expression, at offset: Int) throws {
        if case .name = target.kind, LoopState.methods.contains(name) { return }
        if Methods.names.contains(name) { return }
        if case .name(let reference) = target.kind, reference.slots.count > 0, !Methods.refused.contains(name) {
            // A namespace can hold a macro; any other call fails during rendering.
            return
        }
        throw source.problems(Failure(unknown: "the method", name, among: Methods.names), at: offset)
    }

    private mutating func parseSubscript(of target: Expression) throws -> Expression {
        let offset = advance().offset
        let result = try nested { parser -> Expression in
            if let slice = try parser.parseSlice(of: target, at: offset) { return slice }
            let key = try parser.parseExpression()
            if parser.isSymbol(":") {
                return try parser.parseSliceRest(of: target, from: key, at: offset)
            }
            if parser.isSymbol(",") {
                throw parser.problem("a subscript of several values is not supported", at: parser.current.offset)
            }
            return try parser.node(.element(target, key), at: offset, over: target, key)
        }
        try expect(symbol: "]")
        return result
    }

    private mutating func parseSlice(of target: Expression, at offset: Int) throws -> Expression? {
        isSymbol(":") ? try parseSliceRest(of: target, from: nil, at: offset) : nil
    }

    private mutating func parseSliceRest(
        of target: Expression, from start: Expression?, at offset: Int
    ) throws -> Expression {
        advance()
        let end = isSymbol(":") || isSymbol("]") ? nil : try parseExpression()
        var step: Expression?
        if skip(symbol: ":"), !isSymbol("]") { step = try parseExpression() }
        return try node(
            .slice(target, from: start, to: end, step: step), at: offset, over: target, start, end, step)
    }

    // MARK: filters and tests

    mutating func parseFiltersAndTests(of start: Expression) throws -> Expression {
        var expression = start
        while true {
            if isSymbol("|") {
                advance()
                expression = try parseFilter(of: expression)
            } else if isName("is") {
                expression = try parseTest(of: expression)
            } else if isSymbol("(") {
                let offset = current.offset
                let arguments = try parseArguments()
                expression = try node(
                    .call(expression, arguments), at: offset, above: max(expression.depth, arguments.depth))
            } else {
                return expression
            }
        }
    }

    /// Reads a chain of filters without an input, as in `{% filter %}` and `{% set %}`.
    mutating func parseFilterChain() throws -> Expression {
        var expression = try parseFilter(of: nil)
        while skip(symbol: "|") { expression = try parseFilter(of: expression) }
        return expression
    }

    private mutating func parseFilter(of input: Expression?) throws -> Expression {
        let (name, offset) = try parseDottedName()
        guard let filter = Filters.all[name] else {
            if Filters.refused.contains(name) { throw problem("the filter '\(name)' is not supported", at: offset) }
            throw source.problems(Failure(unknown: "the filter", name, among: Filters.all.keys), at: offset)
        }
        let arguments = isSymbol("(") ? try parseArguments() : .none
        try checkNames(in: arguments, of: name)
        let bound = try bind(arguments, to: filter.parameters, of: "the filter '\(name)'", at: offset)
        return try node(
            .filter(filter, input: input, arguments: bound), at: offset,
            above: max(input?.depth ?? 0, arguments.depth))
    }

    private mutating func parseTest(of input: Expression) throws -> Expression {
        advance()
        let isNegated = skip(name: "not")
        let (name, offset) = try parseDottedName()
        guard let test = Tests.all[name] else {
            if Tests.refused.contains(name) { throw problem("the test '\(name)' is not supported", at: offset) }
            throw source.problems(Failure(unknown: "the test", name, among: Tests.all.keys), at: offset)
        }
        var arguments = Arguments.none
        if isSymbol("(") {
            arguments = try parseArguments()
        } else if startsTestArgument() {
            if isName("is") { throw problem("tests cannot be chained with 'is'", at: current.offset) }
            arguments.positional = [try nested { try $0.parsePostfixedPrimary() }]
        }
        let bound = try bind(arguments, to: test.parameters, of: "the test '\(name)'", at: offset)
        let result = try node(
            .test(test, input: input, arguments: bound), at: offset, above: max(input.depth, arguments.depth))
        return isNegated ? try node(.not(result), at: offset, over: result) : result
    }

    private func startsTestArgument() -> Bool {
        switch current.kind {
        case .name(let name): name != "else" && name != "or" && name != "and"
        case .string, .integer, .float, .symbol("("), .symbol("["), .symbol("{"): true
        default: false
        }
    }

    private mutating func parseDottedName() throws -> (name: String, offset: Int) {
        var (name, offset) = try expectName()
        while skip(symbol: ".") { name += "." + (try expectName()).name }
        return (name, offset)
    }

    /// Checks the constant names of filters and tests in arguments such as those of `map('upper')` or `select('odd')`.
    private func checkNames(in arguments: Arguments, of filter: String) throws {
        let position = filter.hasSuffix("attr") ? 1 : 0
        guard arguments.positional.count > position,
            case .constant(.string(let name)) = arguments.positional[position].kind
        else { return }
        let offset = arguments.positional[position].offset
        switch filter {
        case "map":
            if Filters.all[name] != nil { return }
            throw source.problems(Failure(unknown: "the filter", name, among: Filters.all.keys), at: offset)
        case "select", "reject", "selectattr", "rejectattr":
            if Tests.all[name] != nil { return }
            throw source.problems(Failure(unknown: "the test", name, among: Tests.all.keys), at: offset)
        default: return
        }
    }
}
