extension Parser {
    /// Reads the arguments of a call, brackets included.
    mutating func parseArguments() throws -> Arguments {
        try nested { try $0.parseArgumentList() }
    }

    private mutating func parseArgumentList() throws -> Arguments {
        try expect(symbol: "(")
        var arguments = Arguments()
        var isFirst = true
        while !isSymbol(")") {
            if !isFirst {
                try expect(symbol: ",")
                if isSymbol(")") { break }
            }
            isFirst = false
            let offset = current.offset
            func ensure(_ allowed: Bool) throws {
                if !allowed { throw problem("this argument stands in the wrong order", at: offset) }
            }
            if skip(symbol: "*") {
                try ensure(arguments.spread == nil && arguments.namedSpread == nil)
                arguments.spread = try parseExpression()
            } else if skip(symbol: "**") {
                try ensure(arguments.namedSpread == nil)
                arguments.namedSpread = try parseExpression()
            } else if case .name(let name) = current.kind, next.kind == .symbol("=") {
                try ensure(arguments.namedSpread == nil)
                advance()
                advance()
                if arguments.named.contains(where: { $0.name == name }) {
                    throw problem("the argument '\(name)' is given twice", at: offset)
                }
                arguments.named.append((name, try parseExpression()))
            } else {
                try ensure(arguments.spread == nil && arguments.namedSpread == nil && arguments.named.isEmpty)
                arguments.positional.append(try parseExpression())
            }
        }
        try expect(symbol: ")")
        return arguments
    }

    /// Matches arguments to parameters as far as the source alone allows it.
    func bind(
        _ arguments: Arguments, to parameters: Parameters, of callee: String, at offset: Int
    ) throws -> BoundArguments {
        guard case .fixed(let names, let required) = parameters, arguments.spread == nil, arguments.namedSpread == nil
        else { return .dynamic(arguments) }
        do {
            let bound = try Parameters.match(
                positional: arguments.positional, named: arguments.named, to: names, required: required, of: callee)
            return .fixed(bound)
        } catch let failure as Failure {
            throw source.problems(failure, at: offset)
        }
    }
}
