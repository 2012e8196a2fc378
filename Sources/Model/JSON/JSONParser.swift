/// A parser of JSON in contiguous bytes.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws -> Value {
        let value = try value(depth: 0)
        skipSpace()
        if index < bytes.count { throw unexpected("the end") }
        return value
    }

    private mutating func value(depth: Int) throws -> Value {
        skipSpace()
        guard index < bytes.count else { throw unexpected("a value") }
        switch bytes[index] {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            return try object(depth: depth + 1)
        case UInt8(ascii: "["):
            return try list(depth: depth + 1)
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            throw unexpected("a value")
        }
    }

    private mutating func object(depth: Int) throws -> Value {
        try checkDepth(depth)
        index += 1
        var map = ValueMap()
        skipSpace()
        if take(UInt8(ascii: "}")) { return .map(map) }
        while true {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
            map[key] = try value(depth: depth)
            skipSpace()
            if take(UInt8(ascii: "}")) { return .map(map) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("',' or '}'") }
        }
    }

    private mutating func list(depth: Int) throws -> Value {
        try checkDepth(depth)
        index += 1
        var items: [Value] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(items) }
        while true {
            items.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .list(items) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("',' or ']'") }
        }
    }

    private mutating func string() throws -> String {
        index += 1
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                defer { index += 1 }
                return text(start..<index)
            }
            if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
            if byte < 0x20 { throw unexpected("a character that is allowed in a string") }
            index += 1
        }
        throw unexpected("the string's closing quote")
    }

    private mutating func stringWithEscapes(from start: Int) throws -> String {
        var content = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                content += UTF8.encode(try escape())?.map { $0 } ?? []
            case 0..<0x20:
                throw unexpected("a character that is allowed in a string")
            default:
                content.append(byte)
                index += 1
            }
        }
        throw unexpected("the string's closing quote")
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard index < bytes.count else { throw unexpected("an escape") }
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            index += 1
            return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return simple("\u{8}")
        case UInt8(ascii: "f"): return simple("\u{c}")
        case UInt8(ascii: "n"): return simple("\n")
        case UInt8(ascii: "r"): return simple("\r")
        case UInt8(ascii: "t"): return simple("\t")
        case UInt8(ascii: "u"):
            index += 1
            return try unicode()
        default:
            throw unexpected("one of the escapes \" \\ / b f n r t u")
        }
    }

    private mutating func simple(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        index += 1
        return scalar
    }

    /// Reads a code unit, or the pair of them that makes one scalar; half a pair becomes U+FFFD.
    private mutating func unicode() throws -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let isLeading = unit < 0xDC00
        let next = index
        if isLeading, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            let second = try hexadecimal()
            if second >= 0xDC00, second <= 0xDFFF {
                let code = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)
                if let scalar = Unicode.Scalar(code) { return scalar }
            }
            index = next
        }
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw unexpected("four hexadecimal digits")
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }

    /// Reads a number: a whole one that fits is an integer, any other is a double.
    private mutating func number() throws -> Value {
        let start = index
        let isNegative = take(UInt8(ascii: "-"))
        var magnitude = 0
        var overflow = false
        let firstDigit = index
        while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.subtractingReportingOverflow(Int(digit))
            overflow = overflow || first || second
            magnitude = sum
            index += 1
        }
        if index == firstDigit { throw unexpected("a digit") }
        if index - firstDigit > 1, bytes[firstDigit] == UInt8(ascii: "0") {
            index = firstDigit + 1
            throw unexpected("a number without leading zeros")
        }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        // The magnitude was added up below zero, where the smallest integer fits too.
        if isWhole, !overflow {
            if isNegative { return .int(magnitude) }
            if magnitude != Int.min { return .int(-magnitude) }
        }
        guard let double = Double(text(start..<index)) else { throw unexpected("a number") }
        return .double(double)
    }

    private mutating func digits() throws {
        let start = index
        while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        if index == start { throw unexpected("a digit") }
    }

    private mutating func word(_ word: StaticString) throws {
        let start = index
        for position in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[position]) else {
                index = start
                throw unexpected("a value")
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private func checkDepth(_ depth: Int) throws {
        if depth > JSON.depthLimit {
            throw JSONError(offset: index, message: "nested more than \(JSON.depthLimit) deep")
        }
    }

    private func unexpected(_ expected: String) -> JSONError {
        let found: String
        if index >= bytes.count {
            found = "the text's end"
        } else if bytes[index] > 0x20, bytes[index] < 0x7F {
            found = "'\(Character(Unicode.Scalar(bytes[index])))'"
        } else {
            found = "byte \(bytes[index])"
        }
        return JSONError(offset: index, message: "expected \(expected), found \(found)")
    }
}
