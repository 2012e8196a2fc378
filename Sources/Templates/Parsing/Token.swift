/// A token of a template's source.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case text(String)
        case variableBegin
        case variableEnd
        case blockBegin
        case blockEnd
        case name(String)
        case string(String)
        case integer(Int)
        case float(Double)
        case symbol(String)
        case end
    }

    let kind: Kind
    let offset: Int

    /// The description of the token in error messages.
    var description: String {
        switch kind {
        case .text: "text"
        case .variableBegin: "'{{'"
        case .variableEnd: "'}}'"
        case .blockBegin: "'{%'"
        case .blockEnd: "'%}'"
        case .name(let name): "'\(name)'"
        case .string(let text): "the string \(pythonRepresentation(of: text))"
        case .integer(let number): "'\(number)'"
        case .float(let number): "'\(pythonText(of: number))'"
        case .symbol(let symbol): "'\(symbol)'"
        case .end: "the template's end"
        }
    }
}
