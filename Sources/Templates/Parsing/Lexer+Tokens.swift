extension Lexer {
    /// Reads the token at the current position; the caller has skipped whitespace and checked for the tag's end.
    mutating func lexToken() throws -> Token {
        let start = at
        let byte = bytes[start]
        if isDigit(byte) { return try lexNumber() }
        if isNameStart(byte) {
            while at < bytes.count, isNameStart(bytes[at]) || isDigit(bytes[at]) { at += 1 }
            return Token(kind: .name(source.text(start..<at)), offset: start)
        }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            return Token(kind: .string(try lexString(quote: byte)), offset: start)
        }
        if start + 1 < bytes.count, let symbol = Lexer.pairs[UInt16(byte) << 8 | UInt16(bytes[start + 1])] {
            at += 2
            return Token(kind: .symbol(symbol), offset: start)
        }
        if let symbol = Lexer.singles[byte] {
            at += 1
            return Token(kind: .symbol(symbol), offset: start)
        }
        let character = source.text(start..<bytes.count).unicodeScalars.first.map { String(Character($0)) } ?? ""
        throw source.problems(
            Failure("unexpected character \(pythonRepresentation(of: character)) in an expression"), at: start)
    }

    private static let pairs: [UInt16: String] = {
        let symbols = ["//", "**", "==", "!=", ">=", "<="]
        return Dictionary(
            uniqueKeysWithValues: symbols.map { symbol in
                let bytes = Array(symbol.utf8)
                return (UInt16(bytes[0]) << 8 | UInt16(bytes[1]), symbol)
            })
    }()

    private static let singles: [UInt8: String] = Dictionary(
        uniqueKeysWithValues: "+-/*%~[](){}><=.:|,;".utf8.map { ($0, String(Character(Unicode.Scalar($0)))) })

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    // MARK: numbers

    private mutating func lexNumber() throws -> Token {
        let start = at
        let afterDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
        if !afterDot, let end = floatEnd(from: start) {
            let text = digits(start..<end)
            at = end
            guard let number = Double(text) else {
                throw source.problems(Failure("'\(text)' is not a number"), at: start)
            }
            return Token(kind: .float(number), offset: start)
        }
        var radix = 10
        var end = start
        if bytes[start] == UInt8(ascii: "0"), start + 1 < bytes.count,
            let prefixed = [UInt8(ascii: "b"): 2, UInt8(ascii: "o"): 8, UInt8(ascii: "x"): 16][bytes[start + 1] | 0x20],
            case let found = run(from: start + 2, radix: prefixed, leadingUnderscore: true), found > start + 2
        {
            radix = prefixed
            end = found
        } else if bytes[start] == UInt8(ascii: "0") {
            end = run(from: start, radix: 1, leadingUnderscore: false)
        } else {
            end = run(from: start, radix: 10, leadingUnderscore: false)
        }
        at = end
        let text = digits((radix == 10 ? start : start + 2)..<end)
        guard let number = Int(text, radix: radix) else {
            throw source.problems(
                Failure("the number \(source.text(start..<end)) is too large, at most 2**63 - 1 is supported"),
                at: start)
        }
        return Token(kind: .integer(number), offset: start)
    }

    private func digits(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// The index after a run of digits with single underscores between them.
    private func run(from start: Int, radix: Int, leadingUnderscore: Bool) -> Int {
        func isDigit(_ index: Int) -> Bool {
            guard index < bytes.count else { return false }
            if radix == 1 { return bytes[index] == UInt8(ascii: "0") }
            guard let value = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return false }
            return value < radix
        }
        var index = start
        var underscoreAllowed = leadingUnderscore
        while true {
            if isDigit(index) {
                index += 1
            } else if underscoreAllowed, index < bytes.count, bytes[index] == UInt8(ascii: "_"), isDigit(index + 1) {
                index += 2
            } else {
                return index
            }
            underscoreAllowed = true
        }
    }

    /// The index after a number with a fraction or an exponent; nil where none starts here.
    private func floatEnd(from start: Int) -> Int? {
        var end = run(from: start, radix: 10, leadingUnderscore: false)
        var found = false
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(bytes[end + 1]) {
            end = run(from: end + 1, radix: 10, leadingUnderscore: false)
            found = true
        }
        if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
            var exponent = end + 1
            if exponent < bytes.count, bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-") {
                exponent += 1
            }
            if exponent < bytes.count, isDigit(bytes[exponent]) {
                end = run(from: exponent, radix: 10, leadingUnderscore: false)
                found = true
            }
        }
        return found ? end : nil
    }

    // MARK: strings

    private mutating func lexString(quote: UInt8) throws -> String {
        let start = at
        var index = start + 1
        var hasEscapes = false
        while index < bytes.count, bytes[index] != quote {
            if bytes[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        guard index < bytes.count else {
            throw source.problems(Failure("this string is not closed"), at: start)
        }
        at = index + 1
        guard hasEscapes else { return source.text(start + 1..<index) }
        do {
            return try unescaped(bytes[start + 1..<index])
        } catch let failure as Failure {
            throw source.problems(failure, at: start)
        }
    }

    /// Replaces Python's escape sequences; a backslash before any other character stays.
    private func unescaped(_ bytes: ArraySlice<UInt8>) throws -> String {
        var result: [UInt8] = []
        var index = bytes.startIndex
        func append(_ value: UInt32) throws {
            guard let scalar = Unicode.Scalar(value) else {
                throw Failure("the escape for U+\(String(value, radix: 16, uppercase: true)) is not a character")
            }
            result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
        func number(length: Int, radix: Int, exactly: Bool) throws -> UInt32 {
            var value: UInt32 = 0
            var count = 0
            while count < length, index < bytes.endIndex,
                let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, digit < radix
            {
                value = value * UInt32(radix) + UInt32(digit)
                index += 1
                count += 1
            }
            if exactly, count < length { throw Failure("this string has an escape with too few digits") }
            return value
        }
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < bytes.endIndex else {
                result.append(byte)
                continue
            }
            let escape = bytes[index]
            index += 1
            switch escape {
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
            case UInt8(ascii: "a"): result.append(0x07)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "v"): result.append(0x0B)
            case UInt8(ascii: "x"): try append(try number(length: 2, radix: 16, exactly: true))
            case UInt8(ascii: "u"): try append(try number(length: 4, radix: 16, exactly: true))
            case UInt8(ascii: "U"): try append(try number(length: 8, radix: 16, exactly: true))
            case UInt8(ascii: "N"): throw Failure("the escape '\\N' in strings is not supported")
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                try append(try number(length: 3, radix: 8, exactly: false))
            default: result.append(contentsOf: [byte, escape])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
