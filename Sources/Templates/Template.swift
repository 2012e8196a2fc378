import Model

/// A Jinja template, parsed once and rendered as often as wanted.
///
/// It behaves like Python's `jinja2.Environment(undefined=StrictUndefined, keep_trailing_newline=True,
/// trim_blocks=True, lstrip_blocks=True)`: the newline after a block tag or comment is dropped, and so are spaces
/// before one that starts its line, and a name that does not exist is an error. Parts of Jinja that are not supported
/// are refused when the template is parsed; docs/reference/templates.md lists them.
public struct Template: Sendable {
    private let parsed: Parsed

    /// The paths of names that the template reads from its scope, such as `["settings", "workers"]`: attributes and
    /// constant subscripts after a name that the template itself does not set.
    public var references: Set<[String]> { parsed.references }

    /// Whether the template is exactly one `{{ expression }}`.
    public var isExpression: Bool { parsed.expression != nil }

    /// The text of the template as it was written.
    public var text: String { parsed.source.text(parsed.source.bytes.indices) }

    /// Parses a source that starts at `firstLine` and `firstColumn` of the document `name`.
    ///
    /// - Throws: `Problems` with the first fault and its place.
    public init(_ source: String, name: String, firstLine: Int = 1, firstColumn: Int = 1) throws {
        parsed = try Parsed(Source(source, name: name, firstLine: firstLine, firstColumn: firstColumn))
    }

    /// The text of a template without tags, which renders to the same in every scope; nil for any other.
    public var constant: String? { parsed.constant }

    /// The text that the template renders to in a scope.
    ///
    /// - Throws: `Problems`, also for a name that does not exist.
    public func render(_ scope: Scope) throws -> String {
        if let constant = parsed.constant { return constant }
        let renderer = Renderer(source: parsed.source, scope: scope)
        return try renderer.render(parsed.body, slotCount: parsed.slotCount)
    }

    /// The value of a template that is exactly one `{{ expression }}`, and the text of any other.
    ///
    /// - Throws: `Problems`, also for a name that does not exist.
    public func value(_ scope: Scope) throws -> Value {
        guard let expression = parsed.expression else { return .string(try render(scope)) }
        let renderer = Renderer(source: parsed.source, scope: scope)
        return try renderer.value(of: expression, slotCount: parsed.slotCount)
    }

    /// The parts of a template, which all copies of it share.
    private final class Parsed: Sendable {
        let source: Source
        let body: [Statement]
        let slotCount: Int
        let references: Set<[String]>
        let constant: String?
        /// The expression of a template that is exactly one.
        let expression: Expression?

        init(_ source: Source) throws {
            self.source = source
            var parser = try Parser(source)
            body = try parser.parse()
            slotCount = parser.names.slotCount
            references = parser.names.references
            let only = body.count == 1 ? body[0] : nil
            if case .text(let text) = only { constant = text } else { constant = body.isEmpty ? "" : nil }
            if case .output(let output) = only { expression = output } else { expression = nil }
        }
    }
}
