/// The lines of a text, each of at most `width` columns; a longer word has a line of its own.
package func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(whereSeparator: \.isWhitespace) {
        let wordLength = word.count
        if length > 0, length + 1 + wordLength > width {
            lines.append(line)
            line = ""
            length = 0
        }
        if length > 0 {
            line += " "
            length += 1
        }
        line += word
        length += wordLength
    }
    if length > 0 { lines.append(line) }
    return lines
}

/// The paragraphs of a text, separated by empty lines.
///
/// A paragraph whose lines are all indented, such as an example or a list, keeps its lines.
package func paragraphs(of text: String) -> [Paragraph] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
        .split { $0.allSatisfy(\.isWhitespace) }
        .map { lines in
            if lines.allSatisfy({ $0.hasPrefix("  ") }) { return .literal(lines.map { String($0.dropFirst(2)) }) }
            return .prose(lines.joined(separator: " "))
        }
}

/// A paragraph: text to be filled, or lines to be kept.
package enum Paragraph: Sendable, Hashable {
    case prose(String)
    case literal([String])
}

/// Terms with explanations in a second column, which begins on the next line if a term is too long.
package func definitionList(_ rows: [(term: String, text: String)], width: Int) -> [String] {
    let indent = 2
    let widest = rows.map(\.term.count).filter { $0 <= 30 }.max() ?? 20
    let column = indent + widest + 2
    return rows.flatMap { row -> [String] in
        let first = String(repeating: " ", count: indent) + row.term
        let text = wrapped(row.text, width: max(20, width - column))
        let padding = String(repeating: " ", count: column)
        guard let start = text.first else { return [first] }
        let isShort = row.term.count <= widest
        let head =
            isShort ? [first + String(repeating: " ", count: column - first.count) + start] : [first, padding + start]
        return head + text.dropFirst().map { padding + $0 }
    }
}
