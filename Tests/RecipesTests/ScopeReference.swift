@testable import Recipes

/// The list of what templates see as the reference should have it, made from the definition.
struct ScopeReference {
    /// Names with the words that the list has for them.
    private struct Row {
        var names: String
        var words: String
        /// Whether the names are those of plain values.
        var isPlain = false

        /// The lines of the row, with the words in a column of their own; long names have a line for themselves.
        var lines: [String] {
            let column = 40
            func padded(_ text: String) -> String { text + String(repeating: " ", count: column - text.count) }
            var texts: [String] = []
            for word in words.split(separator: " ") {
                if let last = texts.last, column + last.count + 1 + word.count <= 120 {
                    texts[texts.count - 1] = "\(last) \(word)"
                } else {
                    texts.append(String(word))
                }
            }
            let head = "#   " + names
            if head.count >= column || texts.isEmpty { return [head] + texts.map { padded("#") + $0 } }
            return [padded(head) + texts[0]] + texts.dropFirst().map { padded("#") + $0 }
        }
    }

    private var known: [(type: any ScopeRecord.Type, path: String)] = []

    /// The lines of the list.
    static var lines: [String] {
        var reference = ScopeReference()
        return reference.rows(of: TemplateScope.Root.self, below: "").flatMap(\.lines)
    }

    /// The rows of a record's names; plain ones side by side that have the same words share a row.
    private mutating func rows(of type: any ScopeRecord.Type, below path: String) -> [Row] {
        var rows: [Row] = []
        for field in type.fields {
            let isValue = if case .value = field.shape { true } else { false }
            let words = [field.condition.map { "only \($0.place)" } ?? "", field.help].filter { !$0.isEmpty }
            let path = path.isEmpty ? field.name : "\(path).\(field.name)"
            for row in self.rows(of: field.shape, at: path, words.joined(separator: ": ")) {
                if isValue, let last = rows.last, last.isPlain, last.words == row.words {
                    rows[rows.count - 1].names += ", .\(field.name)"
                } else {
                    rows.append(row)
                }
            }
        }
        return rows
    }

    /// The rows of a value of some shape; a record that stood before is told by where it did.
    private mutating func rows(of shape: ScopeShape, at path: String, _ words: String) -> [Row] {
        switch shape {
        case .value: return [Row(names: path, words: words, isPlain: true)]
        case .anything: return [Row(names: path, words: words)]
        case .map(let keys, .value): return [Row(names: "\(path).\(keys.placeholder)", words: words)]
        case .map(let keys, let below): return rows(of: below, at: "\(path).\(keys.placeholder)", words)
        case .list(let type): return rows(of: .record(type), at: path + "[N]", words)
        case .record(let type):
            if let first = known.first(where: { $0.type == type }) {
                return [Row(names: path, words: (words.isEmpty ? "" : words + ", each ") + "as \(first.path)")]
            }
            known.append((type, path))
            return (words.isEmpty ? [] : [Row(names: path, words: words)]) + rows(of: type, below: path)
        }
    }
}
