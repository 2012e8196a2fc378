import CommandLine
import System

extension CommandDefinition {
    /// The command that the shells' functions call: `complete line -- WORD...` for the last word of a command line, and
    /// `complete members` for the names of one kind.
    static let complete: CommandDefinition = CommandDefinition(
        "complete",
        summary: "List the completions of a word for a shell",
        arguments: [
            .required(
                "what", .choice(["line"] + CompletionSource.allCases.map(\.rawValue)),
                summary: "`line`, or a kind of name"),
            .rest("word", summary: "the words of the command line, the last one unfinished"),
        ],
        isHidden: true
    ) { arguments in
        let parser = ArgumentParser(.minke, variables: { environmentVariable($0) })
        let answer: LineCompletion.Answer
        if let source = CompletionSource(rawValue: arguments.required("what")) {
            answer = .words(await completionNames(of: source, prefix: "", arguments))
        } else {
            answer = await LineCompletion(parser: parser, list: completionNames).answer(arguments.rest)
        }
        if answer.text.isEmpty { return .done }
        printOut(answer.text)
        return .done
    }
}
