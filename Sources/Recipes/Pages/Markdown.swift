import Documents
import Model

/// A writer of Markdown.
enum Markdown {
    /// A table; empty where there are no rows.
    static func table(_ titles: [String], _ rows: [[String]]) -> String {
        if rows.isEmpty { return "" }
        let lines = [titles, titles.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map(cell).joined(separator: " | ") + " |\n" }.joined()
    }

    /// A section with a title; empty where there is no body.
    static func section(_ title: String, _ body: String, level: Int = 2) -> String {
        body.isEmpty ? "" : "\n" + String(repeating: "#", count: level) + " \(title)\n\n" + body
    }

    /// The text as code; empty for an empty text.
    static func code(_ text: String) -> String {
        if text.isEmpty { return "" }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
        let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        return fence + pad + line + pad + fence
    }

    static func code(_ texts: [String]) -> String { texts.map { code($0) }.joined(separator: ", ") }

    /// The value in YAML's notation, as code.
    static func code(_ value: Value) -> String {
        switch value {
        case .list(let items): code("[" + items.map(inline).joined(separator: ", ") + "]")
        default: code(inline(value))
        }
    }

    private static func inline(_ value: Value) -> String {
        if case .string("") = value { return "\"\"" }
        let text = Value.map(ValueMap([("k", value)])).yaml
        return String(text.dropFirst("k: ".count)).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var current = 0
        for next in text {
            current = next == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
