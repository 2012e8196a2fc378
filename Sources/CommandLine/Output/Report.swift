import Model
import System

/// The result of a command: one value, from which both its text and its JSON come.
public protocol Report: Sendable {
    /// The result as other programs read it.
    var value: Value { get }
    /// The result as people read it, without a last newline.
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
