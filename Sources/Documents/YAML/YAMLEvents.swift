import CYAML
import Model

/// An event that libyaml's parser reports.
enum YAMLEvent {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(String)
    case scalar(String, style: YAMLScalar.Style, anchor: String?, tag: String?)
    case sequenceStart(anchor: String?, tag: String?)
    case sequenceEnd
    case mappingStart(anchor: String?, tag: String?)
    case mappingEnd
}

/// The events of a text, in order, as libyaml reads them.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private var lineStarts: [Int]

    /// Creates a parser of `bytes`, which are UTF-8 and must outlive it.
    init(bytes: UnsafeBufferPointer<UInt8>, file: String) throws(Problems) {
        // Swift 6.0 cannot compile an initializer that fails after the first property is set.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Problems(at: Place(file: file, line: 1, column: 1), "no memory to read the document")
        }
        self.parser = parser
        self.bytes = bytes
        self.file = file
        lineStarts = []
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event, with the place where it begins.
    mutating func next() throws(Problems) -> (event: YAMLEvent, place: Place) {
        while true {
            var raw = yaml_event_t()
            guard yaml_parser_parse(parser, &raw) == 1 else { throw Problems([failure()]) }
            defer { yaml_event_delete(&raw) }
            if let event = event(raw) { return (event, place(raw.start_mark)) }
        }
    }

    private mutating func event(_ raw: yaml_event_t) -> YAMLEvent? {
        switch raw.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_ALIAS_EVENT: return .alias(text(raw.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                String(decoding: bytes, as: UTF8.self), style: style(scalar.style, raw.start_mark),
                anchor: text(scalar.anchor), tag: text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(
                anchor: text(raw.data.sequence_start.anchor), tag: text(raw.data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(
                anchor: text(raw.data.mapping_start.anchor), tag: text(raw.data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return nil
        }
    }

    private func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        characters.map { String(cString: $0) }
    }

    private mutating func style(_ style: yaml_scalar_style_t, _ mark: yaml_mark_t) -> YAMLScalar.Style {
        switch style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE:
            .block(indentation: indentation(ofLine: mark.line + 1))
        default: .quoted
        }
    }

    /// The number of spaces at the start of a line; lines are counted from zero.
    private mutating func indentation(ofLine line: Int) -> Int {
        if lineStarts.isEmpty {
            lineStarts = [0]
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
        }
        guard line < lineStarts.count else { return 0 }
        return bytes[lineStarts[line]...].prefix { $0 == UInt8(ascii: " ") }.count
    }

    private func place(_ mark: yaml_mark_t) -> Place {
        Place(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// The parser's error, with a remedy for the usual mistakes.
    private func failure() -> Problem {
        let message = parser.pointee.problem.map { String(cString: $0) } ?? "the document cannot be read"
        if parser.pointee.error == YAML_READER_ERROR {
            return Problem(
                at: place(ofByte: Int(parser.pointee.problem_offset)), "this is not YAML: \(message)",
                remedy: "remove the character, or write it escaped in a text in double quotes")
        }
        var sentence = "this is not YAML: \(message)"
        if let context = parser.pointee.context {
            let line = parser.pointee.context_mark.line + 1
            sentence += " \(String(cString: context)) that begins in line \(line)"
        }
        return Problem(
            at: place(parser.pointee.problem_mark), sentence, remedy: remedy(message, parser.pointee.problem_mark))
    }

    private func remedy(_ message: String, _ mark: yaml_mark_t) -> String? {
        if message.contains("mapping values are not allowed") {
            return "put a text that contains \": \" in quotes"
        }
        if message.contains("cannot start any token") {
            return character(mark) == UInt8(ascii: "\t")
                ? "indent with spaces, not with tabs" : "put the text in quotes"
        }
        return nil
    }

    private func character(_ mark: yaml_mark_t) -> UInt8? {
        var line = 0
        var start = bytes.startIndex
        while line < mark.line, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = end + 1
            line += 1
        }
        let text = String(decoding: bytes[start...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return text.unicodeScalars.dropFirst(Int(mark.column)).first.flatMap { UInt8(exactly: $0.value) }
    }

    private func place(ofByte offset: Int) -> Place {
        let before = bytes[..<min(max(offset, 0), bytes.count)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
        return Place(file: file, line: line, column: column)
    }
}
