import Model

/// A recursive-descent parser of Jinja's grammar.
struct Parser {
    /// The number of levels to which expressions and statements may be nested.
    static let deepest = 200

    let source: Source
    private let tokens: [Token]
    private var index = 0
    private var nesting = 0
    var names = Names()

    init(_ source: Source) throws {
        self.source = source
        var lexer = Lexer(source)
        tokens = try lexer.tokenize()
    }

    /// Parses the whole template.
    mutating func parse() throws -> [Statement] {
        try parseBody(until: [], of: nil)
    }

    // MARK: tokens

    var current: Token { tokens[index] }
    var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> Token {
        let token = tokens[index]
        if index + 1 < tokens.count { index += 1 }
        return token
    }

    func isName(_ name: String) -> Bool {
        if case .name(let found) = current.kind { return found == name }
        return false
    }

    func isSymbol(_ symbol: String) -> Bool {
        if case .symbol(let found) = current.kind { return found == symbol }
        return false
    }

    mutating func skip(name: String) -> Bool {
        guard isName(name) else { return false }
        advance()
        return true
    }

    mutating func skip(symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(symbol: String) throws {
        guard skip(symbol: symbol) else { throw unexpected("'\(symbol)'") }
    }

    mutating func expect(_ kind: Token.Kind, _ description: String) throws {
        guard current.kind == kind else { throw unexpected(description) }
        advance()
    }

    mutating func expectName() throws -> (name: String, offset: Int) {
        guard case .name(let name) = current.kind else { throw unexpected("a name") }
        return (name, advance().offset)
    }

    // MARK: errors

    func problem(_ message: String, remedy: String? = nil, at offset: Int) -> Problems {
        source.problems(Failure(message, remedy: remedy), at: offset)
    }

    func unexpected(_ expected: String) -> Problems {
        problem("unexpected \(current.description), expected \(expected)", at: current.offset)
    }

    // MARK: depth

    /// Runs `parse` one nesting level deeper.
    ///
    /// - Throws: `Problems` where the source is nested too deeply.
    mutating func nested<Result>(_ parse: (inout Parser) throws -> Result) throws -> Result {
        nesting += 1
        defer { nesting -= 1 }
        if nesting > Parser.deepest {
            throw problem("this is nested more than \(Parser.deepest) levels deep", at: current.offset)
        }
        return try parse(&self)
    }

    func node(_ kind: Expression.Kind, at offset: Int, over children: Expression?...) throws -> Expression {
        try node(kind, at: offset, above: children.reduce(0) { max($0, $1?.depth ?? 0) })
    }

    func node(_ kind: Expression.Kind, at offset: Int, above depth: Int) throws -> Expression {
        if depth >= Parser.deepest {
            throw problem(
                "this expression is more than \(Parser.deepest) operations deep",
                remedy: "split it with {% set %}", at: offset)
        }
        return Expression(kind, at: offset, depth: depth + 1)
    }
}
