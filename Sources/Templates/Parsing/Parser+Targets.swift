/// The target of an assignment, before its scope is known.
indirect enum WrittenTarget {
    case name(String)
    case several([WrittenTarget], offset: Int)
    case attribute(String, String, offset: Int)
}

extension Parser {
    private static let reserved: Set<String> = ["true", "false", "none", "True", "False", "None"]

    /// Reads a target: a name, names with commas, or a namespace's attribute.
    mutating func parseWrittenTarget(withNamespace: Bool = false) throws -> WrittenTarget {
        if withNamespace, case .name(let name) = current.kind, next.kind == .symbol(".") {
            let offset = advance().offset
            advance()
            return .attribute(name, try expectName().name, offset: offset)
        }
        let offset = current.offset
        var items: [WrittenTarget] = []
        var isTuple = false
        while true {
            if !items.isEmpty { try expect(symbol: ",") }
            if isTupleEnd() { break }
            items.append(try parseTargetItem())
            if isSymbol(",") { isTuple = true } else { break }
        }
        if !isTuple, let only = items.first { return only }
        if items.isEmpty { throw unexpected("a name to assign to") }
        return .several(items, offset: offset)
    }

    private mutating func parseTargetItem() throws -> WrittenTarget {
        if skip(symbol: "(") {
            let target = try nested { try $0.parseWrittenTarget() }
            try expect(symbol: ")")
            return target
        }
        let (name, offset) = try expectName()
        if Parser.reserved.contains(name) { throw problem("cannot assign to '\(name)'", at: offset) }
        return .name(name)
    }

    /// Declares the target's variables in the innermost scope.
    mutating func declare(_ written: WrittenTarget) -> Target {
        switch written {
        case .name(let name): return .variable(names.declare(name))
        case .several(let items, let offset): return .several(items.map { declare($0) }, offset: offset)
        case .attribute(let name, let attribute, let offset):
            return .attribute(names.resolve(name).reference, attribute, offset: offset)
        }
    }

    // MARK: macros

    mutating func parseMacro(_ tag: Token) throws -> Statement {
        let (name, offset) = try expectName()
        if Parser.reserved.contains(name) { throw problem("cannot assign to '\(name)'", at: offset) }
        let slot = names.declare(name)
        return .macro(slot: slot, try parseMacroRest(name: name, end: "endmacro", hasSignature: true, tag))
    }

    mutating func parseCallBlock(_ tag: Token) throws -> Statement {
        var callee: Expression?
        let definition = try parseMacroRest(
            name: MacroDefinition.anonymous, end: "endcall", hasSignature: isSymbol("("), tag
        ) { parser in
            callee = try parser.parseExpression()
        }
        switch callee?.kind {
        case .call(let callee, let arguments):
            return .callBlock(definition, callee: callee, arguments, offset: tag.offset)
        case .method(let target, let name, let arguments):
            let callee = try node(.attribute(target, name), at: callee?.offset ?? tag.offset, over: target)
            return .callBlock(definition, callee: callee, arguments, offset: tag.offset)
        default: throw problem("expected a call of a macro after 'call'", at: tag.offset)
        }
    }

    private mutating func parseMacroRest(
        name: String, end: String, hasSignature: Bool, _ tag: Token,
        beforeBody: (inout Parser) throws -> Void = { _ in }
    ) throws -> MacroDefinition {
        var written: [(name: String, offset: Int)] = []
        names.enterFrame()
        var parameters: [MacroDefinition.Parameter] = []
        if hasSignature {
            try expect(symbol: "(")
            while !isSymbol(")") {
                if !parameters.isEmpty { try expect(symbol: ",") }
                let (parameter, offset) = try expectName()
                if Parser.reserved.contains(parameter) || written.contains(where: { $0.name == parameter }) {
                    throw problem("'\(parameter)' cannot be a parameter here", at: offset)
                }
                written.append((parameter, offset))
                let slot = names.declare(parameter)
                var fallback: Expression?
                if skip(symbol: "=") {
                    fallback = try parseExpression()
                } else if parameters.last?.fallback != nil {
                    throw problem(
                        "the parameter '\(parameter)' needs a default, because the one before it has one", at: offset)
                }
                parameters.append(.init(name: parameter, slot: slot, fallback: fallback))
            }
            try expect(symbol: ")")
        }
        try withOuterFrame(beforeBody)
        try expect(.blockEnd, "'%}'")
        let implicit = ["caller", "varargs", "kwargs"].map { special in
            (special, parameters.contains { $0.name == special } ? nil : names.declare(special))
        }
        let body = try parseBody(until: [end], of: tag)
        advance()
        let slots = implicit.map { special, slot in names.isMentioned(special) ? slot : nil }
        let count = names.leaveFrame()
        return MacroDefinition(
            name: name, parameters: parameters, callerSlot: slots[0], positionalSlot: slots[1],
            namedSlot: slots[2], slotCount: count, body: body)
    }

    /// Runs `parse` in the scope outside the macro that is being parsed.
    private mutating func withOuterFrame(_ parse: (inout Parser) throws -> Void) throws {
        let suspended = names.suspendFrame()
        try parse(&self)
        names.resume(suspended)
    }
}
