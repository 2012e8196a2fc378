extension Renderer {
    func run(_ body: [Statement]) throws {
        for statement in body { try run(statement) }
    }

    private func run(_ statement: Statement) throws {
        switch statement {
        case .text(let text): output += text
        case .output(let expression): try runOutput(expression)
        case .branches(let branches, let otherwise): try runBranches(branches, otherwise)
        case .loop(let loop): try runLoop(loop)
        case .set(let target, let expression): try runSet(target, expression)
        case .setBlock(let target, let filter, let block): try runSetBlock(target, filter, block)
        case .with(let assignments, let block): try runWith(assignments, block)
        case .filterBlock(let filter, let block): try runFilterBlock(filter, block)
        case .macro(let slot, let definition):
            frame.slots[slot] = .object(Macro(definition, frame: frame))
        case .callBlock(let definition, let callee, let arguments, let offset):
            try runCallBlock(definition, callee, arguments, offset)
        }
    }

    private func runOutput(_ expression: Expression) throws {
        let datum = try evaluate(expression)
        if case .string(let text) = datum {
            output += text
        } else {
            output += try at(expression.offset) { try datum.string() }
        }
        if output.utf8.count > Limits.bytes {
            throw source.problems(Failure("the output is more than \(Limits.bytes >> 20) MiB"), at: expression.offset)
        }
    }

    private func runBranches(_ branches: [Branch], _ otherwise: [Statement]) throws {
        for branch in branches {
            if try isTrue(branch.test) { return try run(branch.body) }
        }
        try run(otherwise)
    }

    func isTrue(_ expression: Expression) throws -> Bool {
        let datum = try evaluate(expression)
        if case .bool(let flag) = datum { return flag }
        return try at(expression.offset) { try datum.isTrue() }
    }

    /// Runs a body whose own variables start unset.
    private func run(_ block: Block) throws {
        unset(block.slots)
        try run(block.body)
    }

    private func unset(_ slots: [Int]) {
        for slot in slots { frame.slots[slot] = nil }
    }

    private func runSet(_ target: Target, _ expression: Expression) throws {
        let value = try evaluate(expression)
        try assign(value, to: target, at: expression.offset)
    }

    private func runSetBlock(_ target: Target, _ filter: Expression?, _ block: Block) throws {
        var value = Datum.string(try capture { try run(block) })
        if let filter { value = try evaluate(filter, input: value) }
        try assign(value, to: target, at: filter?.offset ?? 0)
    }

    private func runWith(_ assignments: [(target: Target, value: Expression)], _ block: Block) throws {
        let values = try assignments.map { try evaluate($0.value) }
        unset(block.slots)
        for (assignment, value) in zip(assignments, values) {
            try assign(value, to: assignment.target, at: assignment.value.offset)
        }
        try run(block.body)
    }

    private func runFilterBlock(_ filter: Expression, _ block: Block) throws {
        let text = try capture { try run(block) }
        let result = try evaluate(filter, input: .string(text))
        try at(filter.offset) { try write(try result.string()) }
    }

    private func runCallBlock(
        _ definition: MacroDefinition, _ callee: Expression, _ arguments: Arguments, _ offset: Int
    ) throws {
        let function = try evaluate(callee)
        var values = try evaluate(arguments)
        values.named.append(("caller", .object(Macro(definition, frame: frame))))
        let result = try at(offset) { try call(function, values) }
        try at(offset) { try write(try result.string()) }
    }

    // MARK: assignment

    func assign(_ value: Datum, to target: Target, at offset: Int) throws {
        switch target {
        case .variable(let slot): frame.slots[slot] = value
        case .several(let targets, let place):
            let elements = try at(offset) { try value.elements() }
            if elements.count != targets.count {
                throw source.problems(
                    Failure("\(targets.count) names are to be set, found \(elements.count) values"), at: place)
            }
            for (target, element) in zip(targets, elements) { try assign(element, to: target, at: offset) }
        case .attribute(let reference, let name, let place):
            try at(place) {
                guard case .object(let object as Namespace) = lookup(reference, at: place) else {
                    throw Failure(
                        "'\(reference.name)' is not a namespace, so '\(name)' cannot be set in it",
                        remedy: "make it with {% set \(reference.name) = namespace() %}")
                }
                try object.set(name, to: value)
            }
        }
    }

    // MARK: loops

    private func runLoop(_ loop: Loop) throws {
        let sequence = try evaluate(loop.sequence)
        try runLoop(loop, over: sequence, depth0: 0)
    }

    private func runLoop(_ loop: Loop, over sequence: Datum, depth0: Int) throws {
        let elements = try at(loop.sequence.offset) { try sequence.elements() }
        var hasRun = false
        if loop.condition == nil, loop.loopSlot == nil {
            for element in elements {
                hasRun = true
                try runPass(loop, element)
            }
        } else {
            hasRun = try runObservedLoop(loop, elements, known: try sequence.optionalCount(), depth0: depth0)
        }
        if !hasRun { try run(loop.otherwise) }
    }

    private func runPass(_ loop: Loop, _ element: Datum) throws {
        try at(loop.offset) { try countPass() }
        unset(loop.body.slots)
        try assign(element, to: loop.target, at: loop.sequence.offset)
        try run(loop.body.body)
    }

    /// Runs a loop that has a condition or whose body reads `loop`; returns whether there was any pass.
    private func runObservedLoop(_ loop: Loop, _ elements: [Datum], known: Int?, depth0: Int) throws -> Bool {
        var position = 0
        let frame = frame
        let state = LoopState(
            known: loop.condition == nil ? known : nil, depth0: depth0,
            recurse: loop.isRecursive ? { try self.runAgain(loop, over: $0, in: frame, depth0: depth0 + 1) } : nil
        ) {
            while position < elements.count {
                let element = elements[position]
                position += 1
                guard let condition = loop.condition else { return element }
                try self.assign(element, to: condition.target, at: loop.sequence.offset)
                if try self.isTrue(condition.test) { return element }
            }
            return nil
        }
        while let element = try state.next() {
            try at(loop.offset) { try countPass() }
            unset(loop.body.slots)
            if let slot = loop.loopSlot { self.frame.slots[slot] = .object(state) }
            try assign(element, to: loop.target, at: loop.sequence.offset)
            try run(loop.body.body)
        }
        return state.index0 >= 0
    }

    /// Runs a recursive loop's body on another sequence, with variables of its own.
    private func runAgain(_ loop: Loop, over sequence: Datum, in frame: Frame, depth0: Int) throws -> Datum {
        try call(in: Frame(copying: frame)) {
            .string(try capture { try runLoop(loop, over: sequence, depth0: depth0) })
        }
    }
}
