import Model

extension Parser {
    /// Reads a whole expression; commas outside of brackets make a tuple.
    mutating func parseTuple(withConditional: Bool = true) throws -> Expression {
        let offset = current.offset
        let (items, isTuple) = try parseTupleItems {
            try withConditional ? $0.parseExpression() : $0.parseOr()
        }
        if !isTuple, let only = items.first { return only }
        if items.isEmpty { throw unexpected("an expression") }
        return try node(.tuple(items), at: offset, above: items.map(\.depth).max() ?? 0)
    }

    private mutating func parseTupleItems(
        _ parse: (inout Parser) throws -> Expression
    ) throws -> (items: [Expression], isTuple: Bool) {
        var items: [Expression] = []
        var isTuple = false
        while true {
            if !items.isEmpty { try expect(symbol: ",") }
            if isTupleEnd() { break }
            items.append(try parse(&self))
            guard isSymbol(",") else { break }
            isTuple = true
        }
        return (items, isTuple)
    }

    func isTupleEnd() -> Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .symbol(")"): true
        default: false
        }
    }

    mutating func parseExpression() throws -> Expression {
        try nested { try $0.parseConditional() }
    }

    private mutating func parseConditional() throws -> Expression {
        var value = try parseOr()
        while isName("if") {
            let offset = advance().offset
            let test = try parseOr()
            let otherwise = skip(name: "else") ? try parseExpression() : nil
            value = try node(
                .conditional(test: test, value: value, otherwise: otherwise), at: offset, over: test, value, otherwise)
        }
        return value
    }

    mutating func parseOr() throws -> Expression {
        var left = try parseAnd()
        while isName("or") {
            let offset = advance().offset
            let right = try parseAnd()
            left = try node(.or(left, right), at: offset, over: left, right)
        }
        return left
    }

    private mutating func parseAnd() throws -> Expression {
        var left = try parseNot()
        while isName("and") {
            let offset = advance().offset
            let right = try parseNot()
            left = try node(.and(left, right), at: offset, over: left, right)
        }
        return left
    }

    private mutating func parseNot() throws -> Expression {
        guard isName("not") else { return try parseComparison() }
        let offset = advance().offset
        let operand = try nested { try $0.parseNot() }
        return try node(.not(operand), at: offset, over: operand)
    }

    private mutating func parseComparison() throws -> Expression {
        let first = try parseSum()
        var rest: [(operation: Comparison, operand: Expression)] = []
        let offset = current.offset
        while let operation = comparison() {
            rest.append((operation, try parseSum()))
        }
        if rest.isEmpty { return first }
        let depth = rest.reduce(first.depth) { max($0, $1.operand.depth) }
        return try node(.comparison(first, rest), at: offset, above: depth)
    }

    private mutating func comparison() -> Comparison? {
        switch current.kind {
        case .symbol(let symbol):
            guard let operation = Comparison(rawValue: symbol) else { return nil }
            advance()
            return operation
        case .name("in"):
            advance()
            return .isIn
        case .name("not") where next.kind == .name("in"):
            advance()
            advance()
            return .isNotIn
        default: return nil
        }
    }

    private mutating func parseSum() throws -> Expression {
        var left = try parseConcatenation()
        while isSymbol("+") || isSymbol("-") {
            let operation: Arithmetic = isSymbol("+") ? .add : .subtract
            let offset = advance().offset
            let right = try parseConcatenation()
            left = try node(.arithmetic(operation, left, right), at: offset, over: left, right)
        }
        return left
    }

    private mutating func parseConcatenation() throws -> Expression {
        var items = [try parseProduct()]
        let offset = current.offset
        while skip(symbol: "~") { items.append(try parseProduct()) }
        if items.count == 1 { return items[0] }
        return try node(.concatenation(items), at: offset, above: items.map(\.depth).max() ?? 0)
    }

    private mutating func parseProduct() throws -> Expression {
        var left = try parsePower()
        while case .symbol(let symbol) = current.kind, let operation = Arithmetic(rawValue: symbol),
            [.multiply, .divide, .floorDivide, .modulo].contains(operation)
        {
            let offset = advance().offset
            let right = try parsePower()
            left = try node(.arithmetic(operation, left, right), at: offset, over: left, right)
        }
        return left
    }

    private mutating func parsePower() throws -> Expression {
        var left = try parseUnary()
        while isSymbol("**") {
            let offset = advance().offset
            let right = try parseUnary()
            left = try node(.arithmetic(.power, left, right), at: offset, over: left, right)
        }
        return left
    }

    private mutating func parseUnary(withFilters: Bool = true) throws -> Expression {
        let operand = isSymbol("-") || isSymbol("+") ? try parseSigned() : try parsePostfixedPrimary()
        return withFilters ? try parseFiltersAndTests(of: operand) : operand
    }

    private mutating func parseSigned() throws -> Expression {
        let offset = current.offset
        let isNegative = isSymbol("-")
        advance()
        let operand = try nested { try $0.parseUnary(withFilters: false) }
        let signed = try node(isNegative ? .negative(operand) : .positive(operand), at: offset, over: operand)
        return try parsePostfix(of: signed)
    }

    // MARK: primaries

    /// Reads a primary with its attributes, subscripts and calls; the path of a free name is recorded as a reference.
    mutating func parsePostfixedPrimary() throws -> Expression {
        if case .name(let name) = current.kind, !Parser.constants.keys.contains(name) {
            let offset = advance().offset
            let (reference, isFree) = names.resolve(name)
            let expression = try node(.name(reference), at: offset, above: 0)
            return try parsePostfix(of: expression, path: isFree ? [name] : nil)
        }
        return try parsePostfix(of: try parsePrimary())
    }

    private static let constants: [String: Value] = [
        "true": true, "True": true, "false": false, "False": false, "none": nil, "None": nil,
    ]

    private mutating func parsePrimary() throws -> Expression {
        let token = current
        switch token.kind {
        case .name(let name):
            advance()
            return try node(.constant(Parser.constants[name] ?? .null), at: token.offset, above: 0)
        case .string(var text):
            advance()
            while case .string(let more) = current.kind {
                text += more
                advance()
            }
            return try node(.constant(.string(text)), at: token.offset, above: 0)
        case .integer(let number):
            advance()
            return try node(.constant(.int(number)), at: token.offset, above: 0)
        case .float(let number):
            advance()
            return try node(.constant(.double(number)), at: token.offset, above: 0)
        case .symbol("("): return try nested { try $0.parseParenthesized() }
        case .symbol("["): return try nested { try $0.parseList() }
        case .symbol("{"): return try nested { try $0.parseDictionary() }
        default: throw unexpected("an expression")
        }
    }

    private mutating func parseParenthesized() throws -> Expression {
        let offset = advance().offset
        let (items, isTuple) = try parseTupleItems { try $0.parseExpression() }
        try expect(symbol: ")")
        if !isTuple, let only = items.first { return only }
        return try node(.tuple(items), at: offset, above: items.map(\.depth).max() ?? 0)
    }

    private mutating func parseList() throws -> Expression {
        let offset = advance().offset
        var items: [Expression] = []
        while !isSymbol("]") {
            if !items.isEmpty { try expect(symbol: ",") }
            if isSymbol("]") { break }
            items.append(try parseExpression())
        }
        try expect(symbol: "]")
        return try node(.list(items), at: offset, above: items.map(\.depth).max() ?? 0)
    }

    private mutating func parseDictionary() throws -> Expression {
        let offset = advance().offset
        var pairs: [(key: Expression, value: Expression)] = []
        var depth = 0
        while !isSymbol("}") {
            if !pairs.isEmpty { try expect(symbol: ",") }
            if isSymbol("}") { break }
            let key = try parseExpression()
            try expect(symbol: ":")
            let value = try parseExpression()
            pairs.append((key, value))
            depth = max(depth, key.depth, value.depth)
        }
        try expect(symbol: "}")
        return try node(.dictionary(pairs), at: offset, above: depth)
    }
}
