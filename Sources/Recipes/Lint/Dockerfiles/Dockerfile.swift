import Model

/// A Dockerfile as a list of instructions.
struct Dockerfile {
    struct Instruction {
        /// The name of the instruction, in capitals.
        let name: String
        /// The text after the name, with continued lines joined by newlines and comments left out.
        let arguments: String
        let place: Place
        /// The line number of each line of `arguments`.
        let lines: [Int]

        /// The words of the JSON form; nil for the shell form.
        var json: [String]? { DockerfileWords.json(arguments) }

        /// Whether the arguments seem to be meant as JSON.
        var looksLikeJSON: Bool { arguments.hasPrefix("[") }

        /// The words of the arguments in either form.
        var words: [String] { json ?? DockerfileWords.split(arguments) }

        /// The place of the byte at an offset of `arguments`.
        func place(ofByte offset: Int) -> Place {
            let before = arguments.utf8.prefix(offset)
            let index = before.count { $0 == UInt8(ascii: "\n") }
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            guard index > 0, index < lines.count else { return place }
            return Place(file: place.file, line: lines[index], column: column)
        }
    }

    let file: String
    let instructions: [Instruction]

    func all(_ name: String) -> [Instruction] { instructions.filter { $0.name == name } }

    /// The variables that `ARG` and `ENV` define, with their values; empty where they have none.
    var variables: [String: String] {
        var variables: [String: String] = [:]
        for instruction in instructions where instruction.name == "ARG" || instruction.name == "ENV" {
            for (name, value) in DockerfileWords.assignments(instruction.arguments) {
                variables[name] = value ?? variables[name] ?? ""
            }
        }
        return variables
    }
}
