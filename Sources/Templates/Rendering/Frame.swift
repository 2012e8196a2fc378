/// The variables of one render, or of one call of a macro.
final class Frame {
    var slots: [Datum?]
    let parent: Frame?

    init(slotCount: Int, parent: Frame?) {
        slots = [Datum?](repeating: nil, count: slotCount)
        self.parent = parent
    }

    /// Copies a frame for another level of a recursive loop.
    init(copying frame: Frame) {
        slots = frame.slots
        parent = frame.parent
    }
}

/// A macro as a value: its definition with the frame around it (a closure).
final class Macro: Object {
    let definition: MacroDefinition
    let frame: Frame

    init(_ definition: MacroDefinition, frame: Frame) {
        self.definition = definition
        self.frame = frame
    }

    override var type: String { "Macro" }
    override func attribute(_ name: String) throws -> Datum? {
        switch name {
        case "name": .string(definition.name)
        case "arguments": try .tuple(definition.parameters.map { .string($0.name) })
        case "catch_kwargs": .bool(definition.namedSlot != nil)
        case "catch_varargs": .bool(definition.positionalSlot != nil)
        case "caller": .bool(definition.callerSlot != nil)
        default: nil
        }
    }
    override func representation() -> String? {
        definition.isAnonymous ? "<Macro anonymous>" : "<Macro \(pythonRepresentation(of: definition.name))>"
    }
}
