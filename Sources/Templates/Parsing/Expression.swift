import Model

/// A parsed expression: a node of the tree that rendering walks.
final class Expression: Sendable {
    indirect enum Kind: Sendable {
        case constant(Value)
        case name(NameReference)
        case list([Expression])
        case tuple([Expression])
        case dictionary([(key: Expression, value: Expression)])
        case attribute(Expression, String)
        case element(Expression, Expression)
        case slice(Expression, from: Expression?, to: Expression?, step: Expression?)
        case not(Expression)
        case negative(Expression)
        case positive(Expression)
        case arithmetic(Arithmetic, Expression, Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case comparison(Expression, [(operation: Comparison, operand: Expression)])
        case concatenation([Expression])
        case conditional(test: Expression, value: Expression, otherwise: Expression?)
        case filter(Filter, input: Expression?, arguments: BoundArguments)
        case test(Test, input: Expression, arguments: BoundArguments)
        case call(Expression, Arguments)
        case method(Expression, String, Arguments)
    }

    let kind: Kind
    let offset: Int
    /// The number of nodes on the longest path down; it is limited, so that recursion never overflows the stack.
    let depth: Int

    init(_ kind: Kind, at offset: Int, depth: Int) {
        self.kind = kind
        self.offset = offset
        self.depth = depth
    }
}

enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
}

enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
}

/// The arguments of a call, as they stand in the source.
struct Arguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    /// The expression after `*`, which is spread over the positional arguments.
    var spread: Expression?
    /// The expression after `**`, which is spread over the named arguments.
    var namedSpread: Expression?

    static let none = Arguments()

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && spread == nil && namedSpread == nil }

    var depth: Int {
        var deepest = max(spread?.depth ?? 0, namedSpread?.depth ?? 0)
        for expression in positional { deepest = max(deepest, expression.depth) }
        for argument in named { deepest = max(deepest, argument.value.depth) }
        return deepest
    }
}

/// The arguments of a filter or test, matched to its parameters when the template is parsed.
enum BoundArguments: Sendable {
    /// One expression for each parameter; nil where the template gives none.
    case fixed([Expression?])
    /// Arguments that can only be matched when rendering: the callee takes any, or some are spread.
    case dynamic(Arguments)
}

/// A name with the variables that can hold it, from the innermost scope out; where none is set, the render's scope is
/// searched.
struct NameReference: Sendable {
    struct Slot: Sendable {
        /// The number of frames to go out.
        let frame: Int
        let index: Int
    }

    let name: String
    let slots: [Slot]
}
