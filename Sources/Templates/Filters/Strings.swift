/// String operations that work like those of Python's `str` where Swift's `String` differs.
enum Strings {
    static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        let rest = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
        return first.properties.titlecaseMapping + rest.lowercased()
    }

    /// The text without whitespace, or without the given characters, at its ends.
    static func stripped(_ text: String, of characters: String?, left: Bool = true, right: Bool = true) -> String {
        let scalars = text.unicodeScalars
        let set = characters.map { Set($0.unicodeScalars) }
        func isStripped(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? Whitespace.isSpace(scalar) }
        var result = scalars[...]
        if left { result = result.drop(while: isStripped) }
        while right, let last = result.last, isStripped(last) { result.removeLast() }
        return String(result)
    }

    static func centered(_ text: String, width: Int, fill: String) throws -> String {
        let missing = width - min(text.unicodeScalars.count, max(width, 0))
        if missing <= 0 { return text }
        try Limits.check(bytes: missing)
        let left = missing / 2 + (missing & width & 1)
        return String(repeating: fill, count: left) + text + String(repeating: fill, count: missing - left)
    }

    /// The lines of a text, split at all line ends of Python's `str.splitlines`.
    static func lines(_ text: String, keepingEnds: Bool) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var isOpen = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            isOpen = true
            switch scalar.value {
            case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
                if keepingEnds { line.append(scalar) }
                if scalar == "\r", index < scalars.count, scalars[index] == "\n" {
                    if keepingEnds { line.append("\n") }
                    index += 1
                }
                lines.append(String(line))
                line = String.UnicodeScalarView()
                isOpen = false
            default: line.append(scalar)
            }
        }
        if isOpen { lines.append(String(line)) }
        return lines
    }

    static func isLower(_ text: String) -> Bool { hasOneCase(text) { $0.isLowercase } }
    static func isUpper(_ text: String) -> Bool { hasOneCase(text) { $0.isUppercase } }

    private static func hasOneCase(_ text: String, _ test: (Unicode.Scalar.Properties) -> Bool) -> Bool {
        var found = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            if test(properties) {
                found = true
            } else if properties.isLowercase || properties.isUppercase || properties.generalCategory == .titlecaseLetter
            {
                return false
            }
        }
        return found
    }

    // MARK: numbers

    /// The integer that Python's `int` makes of a text: spaces around it, a sign, single underscores, and a prefix that
    /// fits the base are allowed. Nil where Python refuses it.
    static func integer(_ text: String, base: Int) throws -> Int? {
        guard base == 0 || (2...36).contains(base) else {
            throw Failure("a number's base is 0 or from 2 to 36, found \(base)")
        }
        var digits = Array(stripped(text, of: nil).utf8)[...]
        var sign = ""
        if let first = digits.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            sign = first == UInt8(ascii: "-") ? "-" : ""
            digits.removeFirst()
        }
        var radix = base
        var hasPrefix = false
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            let letters = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]
            if let found = letters[digits[digits.startIndex + 1] | 0x20], base == 0 || base == found {
                radix = found
                digits = digits.dropFirst(2)
                hasPrefix = true
            }
        }
        if radix == 0 {
            radix = 10
            if digits.count > 1, digits.first == UInt8(ascii: "0"), digits.contains(where: { $0 != UInt8(ascii: "0") })
            {
                return nil
            }
        }
        if hasPrefix, digits.first == UInt8(ascii: "_") { digits.removeFirst() }
        guard let plain = withoutUnderscores(digits) else { return nil }
        let read = sign + plain
        if let number = Int(read, radix: radix) { return number }
        let isNumber = plain.utf8.allSatisfy {
            Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < radix } ?? false
        }
        if isNumber { throw Failure("the number \(read) is beyond 64-bit whole numbers") }
        return nil
    }

    private static func withoutUnderscores(_ digits: ArraySlice<UInt8>) -> String? {
        guard let first = digits.first, let last = digits.last, first != UInt8(ascii: "_"), last != UInt8(ascii: "_"),
            first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
        else { return nil }
        var plain: [UInt8] = []
        var previous: UInt8 = 0
        for digit in digits {
            if digit == UInt8(ascii: "_") {
                if previous == digit { return nil }
            } else {
                plain.append(digit)
            }
            previous = digit
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The number that Python's `float` makes of a value; nil where Python refuses it.
    static func double(_ datum: Datum) -> Double? {
        if let number = datum.number { return number }
        guard let text = datum.text else { return nil }
        let trimmed = stripped(text, of: nil).lowercased()
        let unsigned = trimmed.hasPrefix("-") || trimmed.hasPrefix("+") ? String(trimmed.dropFirst()) : trimmed
        if ["inf", "infinity", "nan"].contains(unsigned) {
            let number: Double = unsigned == "nan" ? .nan : .infinity
            return trimmed.hasPrefix("-") ? -number : number
        }
        let allowed = Set("0123456789.e+-_".utf8)
        guard unsigned.utf8.allSatisfy(allowed.contains), let first = unsigned.utf8.first,
            first == UInt8(ascii: ".") || (0x30...0x39).contains(first)
        else { return nil }
        var plain: [UInt8] = []
        let bytes = Array(trimmed.utf8)
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "_") {
                guard index > 0, index + 1 < bytes.count, (0x30...0x39).contains(bytes[index - 1]),
                    (0x30...0x39).contains(bytes[index + 1])
                else { return nil }
            } else {
                plain.append(byte)
            }
        }
        return Double(String(decoding: plain, as: UTF8.self))
    }
}
