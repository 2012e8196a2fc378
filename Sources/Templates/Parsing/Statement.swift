/// A parsed part of a template.
enum Statement: Sendable {
    case text(String)
    case output(Expression)
    case branches([Branch], otherwise: [Statement])
    case loop(Loop)
    case set(Target, Expression)
    case setBlock(Target, filter: Expression?, Block)
    case with([(target: Target, value: Expression)], Block)
    case filterBlock(Expression, Block)
    case macro(slot: Int, MacroDefinition)
    case callBlock(MacroDefinition, callee: Expression, Arguments, offset: Int)
}

struct Branch: Sendable {
    let test: Expression
    let body: [Statement]
}

/// A body of statements with variables of its own, which are unset when the block is entered.
struct Block: Sendable {
    let body: [Statement]
    let slots: [Int]
}

/// The target of an assignment.
indirect enum Target: Sendable {
    case variable(Int)
    case several([Target], offset: Int)
    case attribute(NameReference, String, offset: Int)
}

/// A `for` statement.
final class Loop: Sendable {
    struct Condition: Sendable {
        let target: Target
        let test: Expression
    }

    let target: Target
    let sequence: Expression
    let condition: Condition?
    let isRecursive: Bool
    /// The variable that holds `loop`; nil where the body does not mention it.
    let loopSlot: Int?
    let body: Block
    let otherwise: Block
    let offset: Int

    init(
        target: Target, sequence: Expression, condition: Condition?, isRecursive: Bool, loopSlot: Int?, body: Block,
        otherwise: Block, offset: Int
    ) {
        self.target = target
        self.sequence = sequence
        self.condition = condition
        self.isRecursive = isRecursive
        self.loopSlot = loopSlot
        self.body = body
        self.otherwise = otherwise
        self.offset = offset
    }
}

/// A macro, or the body of a `call` block, which works like a macro without a name.
final class MacroDefinition: Sendable {
    struct Parameter: Sendable {
        let name: String
        let slot: Int
        let fallback: Expression?
    }

    let name: String
    let parameters: [Parameter]
    /// Whether this is the body of a `call` block.
    var isAnonymous: Bool { name == MacroDefinition.anonymous }

    /// The name of the body of a `call` block in messages.
    static let anonymous = "caller"

    /// The slots of `caller` and, below, `varargs` and `kwargs`; nil for each that the body does not mention.
    let callerSlot: Int?
    let positionalSlot: Int?
    let namedSlot: Int?
    let slotCount: Int
    let body: [Statement]

    init(
        name: String, parameters: [Parameter], callerSlot: Int?, positionalSlot: Int?, namedSlot: Int?,
        slotCount: Int, body: [Statement]
    ) {
        self.name = name
        self.parameters = parameters
        self.callerSlot = callerSlot
        self.positionalSlot = positionalSlot
        self.namedSlot = namedSlot
        self.slotCount = slotCount
        self.body = body
    }
}
