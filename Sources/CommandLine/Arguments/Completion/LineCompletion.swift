/// The completion of the last word of an unfinished command line.
package struct LineCompletion: Sendable {
    /// The candidates, or the kind of paths that the shell completes itself.
    package enum Answer: Sendable, Hashable {
        case words([CompletionCandidate])
        /// Paths of files; after `--name=`, the shell completes the rest.
        case files
        case folders
    }

    /// A function that lists the names of a source, by the options and arguments given so far.
    package typealias Lister =
        @Sendable (CompletionSource, _ prefix: String, ParsedArguments) async -> [CompletionCandidate]

    package let parser: ArgumentParser
    package let list: Lister

    package init(parser: ArgumentParser, list: @escaping Lister) {
        self.parser = parser
        self.list = list
    }

    /// Completes the last word.
    ///
    /// - Parameter words: the words after the program's name, of which the last is unfinished and may be empty.
    package func answer(_ words: [String]) async -> Answer {
        var scanner = ArgumentScanner(root: parser.root)
        // Mistakes in earlier words are reported when the line runs; completion ignores them.
        for word in words.dropLast() { try? scanner.take(word) }
        let last = words.last ?? ""

        if let option = scanner.pending, let type = option.valueType {
            return await values(of: type, startingWith: last, scanner)
        }
        if !scanner.optionsEnded, last.hasPrefix("-") {
            return await options(startingWith: last, scanner)
        }
        if scanner.isInRest { return .files }
        let commands = scanner.path.current.visibleSubcommands
        if !commands.isEmpty {
            return .words(commands.map { CompletionCandidate($0.name, $0.summary) }.matching(last))
        }
        guard let argument = scanner.nextArgument else { return .words([]) }
        if argument.isRest { return .files }
        let given = Set(argument.isRepeated ? scanner.positionals : [])
        switch await values(of: argument.type, startingWith: last, scanner) {
        case .words(let candidates): return .words(candidates.filter { !given.contains($0.word) })
        case let answer: return answer
        }
    }

    private func options(startingWith last: String, _ scanner: ArgumentScanner) async -> Answer {
        if last.hasPrefix("--"), let equals = last.firstIndex(of: "=") {
            let name = last[..<equals].dropFirst(2)
            guard let type = scanner.path.options.first(where: { $0.name == name })?.valueType else {
                return .words([])
            }
            let value = String(last[last.index(after: equals)...])
            switch await values(of: type, startingWith: value, scanner) {
            case .words(let candidates):
                return .words(candidates.map { CompletionCandidate("\(last[...equals])\($0.word)", $0.summary) })
            case let answer: return answer
            }
        }
        var seen: Set<String> = []
        let candidates = scanner.path.options.filter { option in
            !option.isHidden && seen.insert(option.name).inserted
                && (option.isRepeated || scanner.options[option.name] == nil)
        }
        return .words(candidates.map { CompletionCandidate($0.spelling, $0.summary) }.matching(last))
    }

    private func values(
        of type: ValueType, startingWith prefix: String, _ scanner: ArgumentScanner
    ) async -> Answer {
        switch type {
        case .file: .files
        case .folder: .folders
        case .choice(let words): .words(words.map { CompletionCandidate($0) }.matching(prefix))
        case .name(let source):
            .words(await list(source, prefix, parser.lenientArguments(of: scanner)).matching(prefix))
        case .text, .integer, .duration, .moment, .size, .assignment: .words([])
        }
    }
}

extension [CompletionCandidate] {
    fileprivate func matching(_ prefix: String) -> [CompletionCandidate] {
        filter { $0.word.hasPrefix(prefix) }
    }
}

extension LineCompletion.Answer {
    /// The answer in the form that the shells' functions read: `:files`, `:folders`, or one candidate per line, with a
    /// tab and its summary.
    package var text: String {
        switch self {
        case .files: ":files"
        case .folders: ":folders"
        case .words(let candidates):
            candidates.map { $0.summary.isEmpty ? $0.word : "\($0.word)\t\($0.summary)" }.joined(separator: "\n")
        }
    }
}
