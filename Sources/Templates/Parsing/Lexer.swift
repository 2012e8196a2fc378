/// A lexer with Jinja's rules for whitespace around tags.
struct Lexer {
    let source: Source
    let bytes: [UInt8]
    var at = 0
    var tokens: [Token] = []
    /// Whether the consumed text is empty or ended with a newline.
    private var atLineStart = true

    init(_ source: Source) {
        self.source = source
        bytes = source.bytes
    }

    mutating func tokenize() throws -> [Token] {
        while let tag = nextTag() {
            let kind = bytes[tag + 1]
            let sign = signByte(at: tag + 2)
            let afterSign = tag + (sign == nil ? 2 : 3)
            emitText(at..<tag, sign: sign, strippable: kind != UInt8(ascii: "{"))
            switch kind {
            case UInt8(ascii: "#"):
                at = afterSign
                try skipComment(from: tag)
            case UInt8(ascii: "{"):
                tokens.append(Token(kind: .variableBegin, offset: tag))
                at = afterSign
                try lexExpression(from: tag, end: UInt8(ascii: "}"))
            default:
                if let body = rawBody(afterSign) {
                    at = body
                    try lexRaw(from: tag)
                } else {
                    tokens.append(Token(kind: .blockBegin, offset: tag))
                    at = afterSign
                    try lexExpression(from: tag, end: UInt8(ascii: "%"))
                }
            }
        }
        emitText(at..<bytes.count, sign: UInt8(ascii: "+"), strippable: false)
        tokens.append(Token(kind: .end, offset: bytes.count))
        return tokens
    }

    private func nextTag() -> Int? {
        var index = at
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{") {
                let next = bytes[index + 1]
                if next == UInt8(ascii: "{") || next == UInt8(ascii: "%") || next == UInt8(ascii: "#") { return index }
            }
            index += 1
        }
        return nil
    }

    private func signByte(at index: Int) -> UInt8? {
        guard index < bytes.count else { return nil }
        return bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") ? bytes[index] : nil
    }

    private mutating func emitText(_ range: Range<Int>, sign: UInt8?, strippable: Bool) {
        var end = range.upperBound
        if sign == UInt8(ascii: "-") {
            end = Whitespace.trimEnd(bytes, range)
        } else if sign == nil, strippable {
            let lineStart = bytes[range].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
            if lineStart != nil || atLineStart {
                let start = lineStart ?? range.lowerBound
                if Whitespace.trimEnd(bytes, start..<end) == start { end = start }
            }
        }
        if end > range.lowerBound {
            tokens.append(Token(kind: .text(source.text(range.lowerBound..<end)), offset: range.lowerBound))
        }
    }

    // MARK: ends of tags

    /// The index after the end of a tag at `index`; nil where no tag ends there. With `suffix`, a newline after it is
    /// skipped too.
    private func tagEnd(_ closing: UInt8, at index: Int, plus: Bool, suffix: Bool) -> Int? {
        func closes(_ index: Int) -> Bool {
            index + 1 < bytes.count && bytes[index] == closing && bytes[index + 1] == UInt8(ascii: "}")
        }
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "-"), closes(index + 1) { return Whitespace.skip(bytes, from: index + 3) }
        if plus, bytes[index] == UInt8(ascii: "+"), closes(index + 1) { return index + 3 }
        guard closes(index) else { return nil }
        let end = index + 2
        return suffix && end < bytes.count && bytes[end] == UInt8(ascii: "\n") ? end + 1 : end
    }

    private mutating func consume(to end: Int) {
        at = end
        atLineStart = end > 0 && bytes[end - 1] == UInt8(ascii: "\n")
    }

    private mutating func skipComment(from tag: Int) throws {
        var index = at
        while index < bytes.count {
            if let end = tagEnd(UInt8(ascii: "#"), at: index, plus: true, suffix: true) { return consume(to: end) }
            index += 1
        }
        throw source.problems(Failure("this comment is not closed", remedy: "close it with '#}'"), at: tag)
    }

    // MARK: raw

    /// The index after `raw %}`; nil where the tag whose inside starts at `index` is not `raw`.
    private func rawBody(_ index: Int) -> Int? {
        let start = Whitespace.skip(bytes, from: index)
        let word = Array("raw".utf8)
        guard start + word.count <= bytes.count, Array(bytes[start..<start + word.count]) == word else { return nil }
        let end = Whitespace.skip(bytes, from: start + word.count)
        return tagEnd(UInt8(ascii: "%"), at: end, plus: false, suffix: false)
    }

    private mutating func lexRaw(from tag: Int) throws {
        let start = at
        consume(to: start)
        var index = start
        let word = Array("endraw".utf8)
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "%") {
                let sign = signByte(at: index + 2)
                let inside = Whitespace.skip(bytes, from: index + (sign == nil ? 2 : 3))
                if inside + word.count <= bytes.count, Array(bytes[inside..<inside + word.count]) == word,
                    let end = tagEnd(
                        UInt8(ascii: "%"), at: Whitespace.skip(bytes, from: inside + word.count), plus: true,
                        suffix: true)
                {
                    emitText(start..<index, sign: sign, strippable: true)
                    return consume(to: end)
                }
            }
            index += 1
        }
        throw source.problems(
            Failure("this raw block is not closed", remedy: "close it with '{% endraw %}'"), at: tag)
    }

    // MARK: inside of tags

    private mutating func lexExpression(from tag: Int, end: UInt8) throws {
        let isBlock = end == UInt8(ascii: "%")
        var open: [(closing: UInt8, offset: Int)] = []
        while true {
            if open.isEmpty, let after = tagEnd(end, at: at, plus: isBlock, suffix: isBlock) {
                tokens.append(Token(kind: isBlock ? .blockEnd : .variableEnd, offset: at))
                return consume(to: after)
            }
            let next = Whitespace.skip(bytes, from: at)
            if next > at {
                at = next
                continue
            }
            guard at < bytes.count else {
                let closing = isBlock ? "%}" : "}}"
                if let last = open.last {
                    let bracket = Character(Unicode.Scalar(last.closing))
                    throw source.problems(Failure("this bracket is not closed by '\(bracket)'"), at: last.offset)
                }
                throw source.problems(
                    Failure("this tag is not closed", remedy: "close it with '\(closing)'"), at: tag)
            }
            let token = try lexToken()
            tokens.append(token)
            guard case .symbol(let symbol) = token.kind else { continue }
            switch symbol {
            case "(": open.append((UInt8(ascii: ")"), token.offset))
            case "[": open.append((UInt8(ascii: "]"), token.offset))
            case "{": open.append((UInt8(ascii: "}"), token.offset))
            case ")", "]", "}":
                let expected = open.popLast()?.closing
                if expected != symbol.utf8.first {
                    let wanted = expected.map { ", expected '\(Character(Unicode.Scalar($0)))'" } ?? ""
                    throw source.problems(Failure("unexpected '\(symbol)'\(wanted)"), at: token.offset)
                }
            default: break
            }
        }
    }
}
