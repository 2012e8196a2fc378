import Model

/// A Jinja template, parsed once and rendered as often as wanted.
///
/// It behaves like Python's `jinja2.Environment(undefined=StrictUndefined, keep_trailing_newline=True,
/// trim_blocks=True, lstrip_blocks=True)`: the newline after a block tag or comment is dropped, and so are spaces
/// before one that starts its line, and a name that does not exist is an error. Parts of Jinja that are not supported
/// are refused when the template is parsed; docs/reference/templates.md lists them.
public struct Template: Sendable {
    private let source: Source
    private let body: [Statement]
    private let slotCount: Int

    /// The paths of names that the template reads from its scope, such as `["settings", "workers"]`: attributes and
    /// constant subscripts after a name that the template itself does not set.
    public let references: Set<[String]>

    /// Whether the template is exactly one `{{ expression }}`.
    public var isExpression: Bool {
        guard body.count == 1, case .output = body[0] else { return false }
        return true
    }

    /// The text of the template as it was written.
    public var text: String { source.text(source.bytes.indices) }

    /// Parses a source that starts at `firstLine` and `firstColumn` of the document `name`.
    ///
    /// - Throws: `Problems` with the first fault and its place.
    public init(_ source: String, name: String, firstLine: Int = 1, firstColumn: Int = 1) throws {
        self.source = Source(source, name: name, firstLine: firstLine, firstColumn: firstColumn)
        var parser = try Parser(self.source)
        body = try parser.parse()
        slotCount = parser.names.slotCount
        references = parser.names.references
    }

    /// The text of a template without tags, which renders to the same in every scope; nil for any other.
    public var constant: String? {
        if body.isEmpty { return "" }
        if body.count == 1, case .text(let text) = body[0] { return text }
        return nil
    }

    /// The text that the template renders to in a scope.
    ///
    /// - Throws: `Problems`, also for a name that does not exist.
    public func render(_ scope: Scope) throws -> String {
        if let constant { return constant }
        let renderer = Renderer(source: source, scope: scope)
        return try renderer.render(body, slotCount: slotCount)
    }

    /// The value of a template that is exactly one `{{ expression }}`, and the text of any other.
    ///
    /// - Throws: `Problems`, also for a name that does not exist.
    public func value(_ scope: Scope) throws -> Value {
        guard body.count == 1, case .output(let expression) = body[0] else { return .string(try render(scope)) }
        let renderer = Renderer(source: source, scope: scope)
        return try renderer.value(of: expression, slotCount: slotCount)
    }
}
