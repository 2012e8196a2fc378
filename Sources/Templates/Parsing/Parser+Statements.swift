extension Parser {
    /// Jinja's tags that are not supported.
    private static let refused: Set<String> = [
        "block", "extends", "include", "import", "from", "autoescape", "do", "trans", "pluralize", "break",
        "continue", "debug",
    ]
    private static let tags = [
        "for", "if", "set", "with", "macro", "call", "filter", "print", "raw", "else", "elif", "endfor", "endif",
        "endset", "endwith", "endmacro", "endcall", "endfilter", "endraw",
    ]

    /// Reads statements up to a tag named in `ends`, which is left as the current token, or else to the template's end.
    mutating func parseBody(until ends: Set<String>, of opening: Token?) throws -> [Statement] {
        try nested { parser in
            var body: [Statement] = []
            while true {
                switch parser.current.kind {
                case .text(let text):
                    parser.advance()
                    body.append(.text(text))
                case .variableBegin:
                    parser.advance()
                    body.append(.output(try parser.parseTuple()))
                    try parser.expect(.variableEnd, "'}}'")
                case .blockBegin:
                    parser.advance()
                    if case .name(let name) = parser.current.kind, ends.contains(name) { return body }
                    body += try parser.parseStatement(expecting: ends)
                    try parser.expect(.blockEnd, "'%}'")
                default:
                    guard let opening else { return body }
                    let end = ends.filter { $0.hasPrefix("end") }.sorted().first ?? ""
                    throw parser.problem(
                        "this \(opening.description) is not closed", remedy: "close it with '{% \(end) %}'",
                        at: opening.offset)
                }
            }
        }
    }

    private mutating func parseStatement(expecting ends: Set<String>) throws -> [Statement] {
        let tag = current
        guard case .name(let name) = tag.kind else { throw unexpected("a tag's name") }
        advance()
        switch name {
        case "if": return [try parseIf(tag)]
        case "for": return [try parseFor(tag)]
        case "set": return [try parseSet(tag)]
        case "with": return [try parseWith(tag)]
        case "macro": return [try parseMacro(tag)]
        case "call": return [try parseCallBlock(tag)]
        case "filter": return [try parseFilterBlock(tag)]
        case "print": return try parsePrint()
        default:
            if Parser.refused.contains(name) { throw problem("the tag '\(name)' is not supported", at: tag.offset) }
            if Parser.tags.contains(name) {
                let expected = ends.sorted().map { "'\($0)'" }.joined(separator: " or ")
                throw problem(
                    "unexpected tag '\(name)'" + (ends.isEmpty ? "" : ", expected \(expected)"), at: tag.offset)
            }
            throw source.problems(Failure(unknown: "the tag", name, among: Parser.tags), at: tag.offset)
        }
    }

    private mutating func parsePrint() throws -> [Statement] {
        var statements: [Statement] = []
        while current.kind != .blockEnd {
            if !statements.isEmpty { try expect(symbol: ",") }
            statements.append(.output(try parseExpression()))
        }
        return statements
    }

    private mutating func parseIf(_ tag: Token) throws -> Statement {
        var branches: [Branch] = []
        var otherwise: [Statement] = []
        let before = names.assigned
        var afterAll: Set<String>?
        var isComplete = false
        func endBranch(_ parser: inout Parser) {
            let assigned = parser.names.assigned
            afterAll = afterAll?.intersection(assigned) ?? assigned
            parser.names.assigned = before
        }
        var test = try parseTuple(withConditional: false)
        while true {
            try expect(.blockEnd, "'%}'")
            let body = try parseBody(until: ["elif", "else", "endif"], of: tag)
            branches.append(Branch(test: test, body: body))
            endBranch(&self)
            if skip(name: "elif") {
                test = try parseTuple(withConditional: false)
                continue
            }
            if skip(name: "else") {
                try expect(.blockEnd, "'%}'")
                otherwise = try parseBody(until: ["endif"], of: tag)
                endBranch(&self)
                isComplete = true
            }
            advance()
            if isComplete, let afterAll { names.assigned = afterAll }
            return .branches(branches, otherwise: otherwise)
        }
    }

    private mutating func parseFor(_ tag: Token) throws -> Statement {
        let written = try parseWrittenTarget()
        guard skip(name: "in") else { throw unexpected("'in'") }
        let sequence = try parseTuple(withConditional: false)
        var condition: Loop.Condition?
        if skip(name: "if") {
            names.enterBlock()
            let target = declare(written)
            condition = .init(target: target, test: try parseExpression())
            _ = names.leaveBlock()
        }
        let isRecursive = skip(name: "recursive")
        try expect(.blockEnd, "'%}'")

        names.enterBlock()
        let target = declare(written)
        let loopSlot = names.declare("loop")
        let body = try parseBody(until: ["else", "endfor"], of: tag)
        let mentionsLoop = names.isMentioned("loop")
        let block = Block(body: body, slots: names.leaveBlock())

        names.enterBlock()
        var otherwise: [Statement] = []
        if skip(name: "else") {
            try expect(.blockEnd, "'%}'")
            otherwise = try parseBody(until: ["endfor"], of: tag)
        }
        advance()
        return .loop(
            Loop(
                target: target, sequence: sequence, condition: condition, isRecursive: isRecursive,
                loopSlot: mentionsLoop ? loopSlot : nil, body: block,
                otherwise: Block(body: otherwise, slots: names.leaveBlock()), offset: tag.offset))
    }

    private mutating func parseSet(_ tag: Token) throws -> Statement {
        let written = try parseWrittenTarget(withNamespace: true)
        if skip(symbol: "=") {
            let value = try parseTuple()
            return .set(declare(written), value)
        }
        var filter: Expression?
        if skip(symbol: "|") { filter = try parseFilterChain() }
        try expect(.blockEnd, "'=' or '%}'")
        let block = try parseBlock(until: "endset", of: tag)
        return .setBlock(declare(written), filter: filter, block)
    }

    private mutating func parseWith(_ tag: Token) throws -> Statement {
        var written: [(target: WrittenTarget, value: Expression)] = []
        while current.kind != .blockEnd {
            if !written.isEmpty { try expect(symbol: ",") }
            let target = try parseWrittenTarget()
            try expect(symbol: "=")
            written.append((target, try parseExpression()))
        }
        try expect(.blockEnd, "'%}'")
        names.enterBlock()
        let assignments = written.map { (target: declare($0.target), value: $0.value) }
        let body = try parseBody(until: ["endwith"], of: tag)
        advance()
        return .with(assignments, Block(body: body, slots: names.leaveBlock()))
    }

    private mutating func parseFilterBlock(_ tag: Token) throws -> Statement {
        let filter = try parseFilterChain()
        try expect(.blockEnd, "'%}'")
        return .filterBlock(filter, try parseBlock(until: "endfilter", of: tag))
    }

    /// Reads a body with variables of its own, and the tag that ends it.
    private mutating func parseBlock(until end: String, of tag: Token) throws -> Block {
        names.enterBlock()
        let body = try parseBody(until: [end], of: tag)
        advance()
        return Block(body: body, slots: names.leaveBlock())
    }
}
