/// A text in the language of Bourne-like shells, scanned as far as lint rules need.
///
/// The scanner is no full parser: it knows quotes, comments, substitutions and here documents, and misses uses of
/// variables rather than inventing any.
struct ShellText {
    /// A use of a variable's value.
    struct Use: Hashable {
        let name: String
        /// The offset of its `$` in bytes.
        let offset: Int
        /// Whether the text gives a default for an unset variable, as in `${NAME:-x}`.
        let hasDefault: Bool
        /// Whether the variable stands in double quotes.
        let isQuoted: Bool
    }

    private(set) var uses: [Use] = []
    /// The text with comments and the bodies of quoted here documents blanked out; other bytes keep their offsets.
    private(set) var code: [UInt8]

    private let bytes: [UInt8]
    private var position = 0
    private var modes: [Mode] = []
    private var hereDocuments: [(delimiter: [UInt8], isQuoted: Bool, stripsTabs: Bool)] = []

    private enum Mode { case parenthesis, brace, quotes }

    init(_ text: String) {
        bytes = Array(text.utf8)
        code = bytes
        scan()
    }

    /// The code as text.
    var codeText: String { String(decoding: code, as: UTF8.self) }

    private var inQuotes: Bool { modes.last == .quotes }

    private mutating func scan() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                position += 2
            case UInt8(ascii: "'") where !inQuotes:
                skipSingleQuotes()
            case UInt8(ascii: "\""):
                if inQuotes { modes.removeLast() } else { modes.append(.quotes) }
                position += 1
            case UInt8(ascii: "$"):
                scanDollar()
            case UInt8(ascii: "#") where !inQuotes && modes.last != .brace && isAtWordStart:
                blank(upTo: lineEnd(from: position))
            case UInt8(ascii: "(") where !inQuotes:
                modes.append(.parenthesis)
                position += 1
            case UInt8(ascii: ")") where modes.last == .parenthesis:
                modes.removeLast()
                position += 1
            case UInt8(ascii: "}") where modes.last == .brace:
                modes.removeLast()
                position += 1
            case UInt8(ascii: "<") where !inQuotes && matches("<<") && !matches("<<<"):
                scanHereDocumentStart()
            case UInt8(ascii: "<") where matches("<<<"):
                position += 3
            case UInt8(ascii: "\n"):
                position += 1
                while !hereDocuments.isEmpty { scanHereDocument(hereDocuments.removeFirst()) }
            default:
                position += 1
            }
        }
    }

    private var isAtWordStart: Bool {
        position == 0 || " \t\n;&|()".utf8.contains(bytes[position - 1])
    }

    private func matches(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private func lineEnd(from start: Int) -> Int {
        start >= bytes.count ? bytes.count : bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }

    private mutating func blank(upTo end: Int) {
        for index in position..<end where code[index] != UInt8(ascii: "\n") { code[index] = UInt8(ascii: " ") }
        position = end
    }

    private mutating func skipSingleQuotes() {
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "'") { position += 1 }
        position += 1
    }

    private mutating func scanDollar() {
        let start = position
        position += 1
        guard position < bytes.count else { return }
        switch bytes[position] {
        case UInt8(ascii: "("):
            modes.append(.parenthesis)
            position += 1
        case UInt8(ascii: "'") where !inQuotes:
            position += 1
            while position < bytes.count, bytes[position] != UInt8(ascii: "'") {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            position += 1
        case UInt8(ascii: "{"):
            scanBraces(start)
        default:
            let name = takeName()
            if !name.isEmpty {
                uses.append(Use(name: name, offset: start, hasDefault: false, isQuoted: inQuotes))
            }
        }
    }

    private mutating func scanBraces(_ start: Int) {
        let isQuoted = inQuotes
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "!") {
            position += 1
        }
        let name = takeName()
        if position < bytes.count, bytes[position] == UInt8(ascii: "[") {
            while position < bytes.count, bytes[position] != UInt8(ascii: "]") { position += 1 }
            position += 1
        }
        var operation = bytes[min(position, bytes.count)...].prefix(2)
        if operation.first == UInt8(ascii: ":") { operation = operation.dropFirst() }
        let hasDefault = operation.first.map { "-=?+".utf8.contains($0) } ?? false
        if !name.isEmpty {
            uses.append(Use(name: name, offset: start, hasDefault: hasDefault, isQuoted: isQuoted))
        }
        modes.append(.brace)
    }

    private mutating func takeName() -> String {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position], isFirst: position == start) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: false
        }
    }

    private mutating func scanHereDocumentStart() {
        position += 2
        let stripsTabs = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        if stripsTabs { position += 1 }
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        var delimiter: [UInt8] = []
        var isQuoted = false
        while position < bytes.count, !" \t\n;&|<>()".utf8.contains(bytes[position]) {
            if "'\"\\".utf8.contains(bytes[position]) { isQuoted = true } else { delimiter.append(bytes[position]) }
            position += 1
        }
        if !delimiter.isEmpty { hereDocuments.append((delimiter, isQuoted, stripsTabs)) }
    }

    private mutating func scanHereDocument(_ document: (delimiter: [UInt8], isQuoted: Bool, stripsTabs: Bool)) {
        while position < bytes.count {
            let end = lineEnd(from: position)
            var line = bytes[position..<end]
            if document.stripsTabs { line = line.drop { $0 == UInt8(ascii: "\t") } }
            if line.elementsEqual(document.delimiter) {
                position = min(end + 1, bytes.count)
                return
            }
            if document.isQuoted {
                blank(upTo: end)
            } else {
                scanExpansions(upTo: end)
            }
            position = min(end + 1, bytes.count)
        }
    }

    private mutating func scanExpansions(upTo end: Int) {
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "$"):
                let before = modes.count
                scanDollar()
                // The inside of a substitution is scanned like the rest of the here document, so the mode that it
                // opened is dropped.
                modes.removeLast(modes.count - before)
            default: position += 1
            }
        }
    }
}
