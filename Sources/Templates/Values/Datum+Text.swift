extension Datum {
    /// The text that Python's `str` makes of the value.
    func string() throws -> String {
        switch self {
        case .string(let text), .markup(let text): return text
        case .int(let number): return String(number)
        case .undefined(let undefined):
            try undefined.use()
            return ""
        default: return try representation()
        }
    }

    /// The text that Python's `repr` makes of the value.
    func representation() throws -> String {
        switch self {
        case .none: return "None"
        case .bool(let flag): return flag ? "True" : "False"
        case .int(let number): return String(number)
        case .double(let number): return pythonText(of: number)
        case .string(let text): return pythonRepresentation(of: text)
        case .markup(let text): return "Markup(\(pythonRepresentation(of: text)))"
        case .values(let items):
            var text = "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += ", " }
                text += try Datum(item).representation()
            }
            return text + "]"
        case .list(let items): return "[\(try Datum.representations(of: items.elements))]"
        case .tuple(let items):
            let inside = try Datum.representations(of: items.elements)
            return items.elements.count == 1 ? "(\(inside),)" : "(\(inside))"
        case .mapping, .dictionary:
            var text = "{"
            for (index, pair) in try pairs().enumerated() {
                if index > 0 { text += ", " }
                text += try pair.key.representation() + ": " + pair.value.representation()
                try Limits.check(bytes: text.utf8.count)
            }
            return text + "}"
        case .undefined(let undefined):
            try undefined.use()
            return "Undefined"
        case .object(let object):
            guard let text = try object.representation() else { throw Failure("a \(object.type) has no text") }
            return text
        }
    }

    private static func representations(of elements: [Datum]) throws -> String {
        var text = ""
        for (index, element) in elements.enumerated() {
            if index > 0 { text += ", " }
            text += try element.representation()
            try Limits.check(bytes: text.utf8.count)
        }
        return text
    }
}

/// The text of a number as Python prints it: with the fewest digits that identify it, and with an exponent below 1e-4
/// and from 1e16 on.
func pythonText(of number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let (digits, point) = shortestDigits(of: number.magnitude)
    let sign = number.sign == .minus ? "-" : ""
    if point > 16 || point < -3 {
        let rest = digits.dropFirst()
        let exponent = point - 1
        let width = String(exponent.magnitude)
        return sign + String(digits.prefix(1)) + (rest.isEmpty ? "" : "." + rest) + (exponent < 0 ? "e-" : "e+")
            + (width.count < 2 ? "0" : "") + width
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point { return sign + digits + String(repeating: "0", count: point - digits.count) + ".0" }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}

/// The significant digits without zeros at either end, and the position of the decimal point among them.
private func shortestDigits(of number: Double) -> (digits: String, point: Int) {
    if number == 0 { return ("0", 1) }
    var digits = ""
    var point = 0
    var exponent = 0
    let parts = number.description.split(separator: "e")
    if parts.count > 1 { exponent = Int(parts[1]) ?? 0 }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    digits = String(mantissa[0]) + (mantissa.count > 1 ? String(mantissa[1]) : "")
    point = mantissa[0].count + exponent
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    point -= leading
    while digits.last == "0" { digits.removeLast() }
    return (digits, point)
}

/// The text of a string as Python's `repr` writes it.
func pythonRepresentation(of text: String) -> String {
    let quote: Unicode.Scalar = text.utf8.contains(0x27) && !text.utf8.contains(0x22) ? "\"" : "'"
    var result = String(quote)
    func appendHex(_ letter: Character, _ value: UInt32, width: Int) {
        let digits = String(value, radix: 16)
        result += "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
    }
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += "\\\\"
        case quote: result += "\\" + String(quote)
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        default:
            if scalar.value >= 0x20 && scalar.value < 0x7F || (scalar.value >= 0x80 && isPrintable(scalar)) {
                result.unicodeScalars.append(scalar)
            } else if scalar.value < 0x100 {
                appendHex("x", scalar.value, width: 2)
            } else if scalar.value < 0x10000 {
                appendHex("u", scalar.value, width: 4)
            } else {
                appendHex("U", scalar.value, width: 8)
            }
        }
    }
    return result + String(quote)
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
        .spaceSeparator:
        false
    default: true
    }
}
