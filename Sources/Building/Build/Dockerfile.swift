import Model

/// The instructions of a Dockerfile, as far as builds need to know them.
struct Dockerfile {
    struct Instruction: Hashable {
        /// The instruction's name in capitals.
        let name: String
        /// The number of its first line, counted from one.
        let line: Int
        let arguments: String
    }

    let instructions: [Instruction]

    init(_ text: String) {
        var instructions: [Instruction] = []
        var isContinued = false
        // The word that ends the here-document that the current line is part of.
        var ending: String?
        for (index, rawLine) in textLines(text).enumerated() {
            let line = rawLine.drop { $0 == " " || $0 == "\t" }
            if let end = ending {
                if line == end { ending = nil }
                continue
            }
            // Comments and empty lines neither end nor begin an instruction.
            if line.isEmpty || line.hasPrefix("#") { continue }
            if !isContinued {
                let name = line.prefix { $0 != " " && $0 != "\t" }
                instructions.append(
                    Instruction(
                        name: name.uppercased(), line: index + 1,
                        arguments: String(line.dropFirst(name.count).drop { $0 == " " || $0 == "\t" })))
            }
            var end = line[...]
            while end.last == " " || end.last == "\t" || end.last == "\r" { end = end.dropLast() }
            isContinued = end.hasSuffix("\\")
            if let mark = line.firstIndex(of: "<"), line[mark...].hasPrefix("<<"), !isContinued {
                let word = line[mark...].drop { "<-\"'".contains($0) }.prefix {
                    $0.isLetter || $0.isNumber || $0 == "_"
                }
                if !word.isEmpty { ending = String(word) }
            }
        }
        self.instructions = instructions
    }

    /// The line of a step, which the engine counts from one; nil if there is no such step.
    func line(ofStep step: Int) -> Int? {
        instructions.indices.contains(step - 1) ? instructions[step - 1].line : nil
    }

    /// The names of the build arguments that the Dockerfile declares. The engine would report others as unused.
    var argumentNames: Set<String> {
        Set(
            instructions.filter { $0.name == "ARG" }.flatMap { instruction in
                instruction.arguments.split(separator: " ").map { String($0.prefix { $0 != "=" }) }
            })
    }
}
