import Model

/// The type of an option's or argument's value; shells complete by it as well.
public enum ValueType: Sendable {
    case text
    case integer(ClosedRange<Int>)
    /// A duration: `500ms`, `30s`, `10m`, `2h`, or seconds.
    case duration
    /// A point in time; see `Moment`.
    case moment
    /// A size: `512m`, `2g`, or bytes.
    case size
    case choice([String])
    /// A path that shells complete; the command checks whether it exists.
    case file
    case folder
    /// A pair `NAME=VALUE`.
    case assignment
    /// A name that `minke complete` lists for shells; the command checks whether it exists.
    case name(CompletionSource)

    /// A whole number of at least one.
    public static let count = ValueType.integer(1...Int.max)

    /// Whether a text is a value of this type.
    package func accepts(_ text: String) -> Bool {
        switch self {
        case .text: true
        case .file, .folder, .name: !text.isEmpty
        case .integer(let range): Int(text).map(range.contains) ?? false
        case .duration: Duration(text: text) != nil
        case .moment: Moment(text: text) != nil
        case .size: ByteCount(text: text) != nil
        case .choice(let words): words.contains(text)
        case .assignment: text.firstIndex(of: "=").map { $0 > text.startIndex } ?? false
        }
    }

    /// The type in words, to follow "expects".
    package var expectation: String {
        switch self {
        case .text: "a text"
        case .file: "a file's path"
        case .folder: "a folder's path"
        case .name(let source): "the name of \(source.article)"
        case .integer(let range):
            switch (range.lowerBound, range.upperBound) {
            case (.min, .max): "a whole number"
            case (let low, .max): "a whole number of at least \(low)"
            case (.min, let high): "a whole number of at most \(high)"
            case (let low, let high): "a whole number from \(low) to \(high)"
            }
        case .duration: "a duration such as 500ms, 30s, 10m or 2h"
        case .moment:
            "a time such as 2026-01-31T12:00:00Z (RFC 3339), seconds since 1970, or how long ago, as 10m or 2h"
        case .size: "a size such as 512m or 2g"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .assignment: "NAME=VALUE"
        }
    }

    /// The problem with a value that is not of this type; nil if it is.
    package func problem(with text: String, of subject: String) -> Problem? {
        if accepts(text) { return nil }
        var remedy: String?
        if case .choice(let words) = self, let near = nearestName(to: text, among: words) {
            remedy = "the nearest is \(near)"
        }
        return Problem("\(subject) expects \(expectation), not '\(text)'", remedy: remedy)
    }
}
