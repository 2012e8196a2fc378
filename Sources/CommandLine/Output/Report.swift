import Model
import System

/// The result of a command: one value, which is printed as JSON or as text.
public protocol Report: Sendable {
    /// The result for other programs.
    var value: Value { get }
    /// The result for people, without a newline at the end.
    func text(_ style: Style) -> String
}

extension ParsedArguments {
    /// Prints a result as text, or with `--json` as JSON; an empty text prints nothing.
    public func show(_ report: some Report) {
        let text =
            wantsJSON
            ? JSON.text(report.value, indented: Terminal.isTerminal(.output))
            : report.text(Style(for: .output, isWide: isWide))
        if !text.isEmpty { printOut(text) }
    }
}
