/// A parser of numbers by the rules of Python, and so of oslo.config, but with ASCII digits only.
enum PythonNumber {
    /// An integer or, where it does not fit into `Int`, the side on which it lies.
    enum Whole: Equatable {
        case number(Int)
        case below
        case above

        func isWithin(_ minimum: Int?, _ maximum: Int?) -> Bool {
            switch self {
            case .number(let number): number >= minimum ?? .min && number <= maximum ?? .max
            case .below: minimum == nil
            case .above: maximum == nil
            }
        }
    }

    /// The integer that Python's `int()` makes of a text; nil where Python refuses it.
    static func integer(_ text: String) -> Whole? {
        guard var digits = withoutUnderscores(stripped(text)) else { return nil }
        let sign = digits.first
        if sign == "-" || sign == "+" { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        guard let number = Int((sign == "-" ? "-" : "") + digits) else { return sign == "-" ? .below : .above }
        return .number(number)
    }

    /// The number that Python's `float()` makes of a text; nil where Python refuses it.
    static func float(_ text: String) -> Double? {
        guard let digits = withoutUnderscores(stripped(text)) else { return nil }
        // Swift's `Double` would also read hexadecimal numbers and NaNs with a payload.
        if digits.contains(where: { "xXpP(".contains($0) }) { return nil }
        return Double(digits)
    }

    /// Whether oslo.config reads a text as None, not as an invalid number.
    static func isNone(_ text: String) -> Bool { stripped(text).isEmpty }

    static func stripped(_ text: some StringProtocol) -> Substring {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// Removes underscores between digits; returns nil where one stands elsewhere.
    private static func withoutUnderscores(_ text: Substring) -> String? {
        guard text.contains("_") else { return String(text) }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        for (part, next) in zip(parts, parts.dropFirst()) {
            guard let last = part.last, let first = next.first, isDigit(last), isDigit(first) else { return nil }
        }
        return parts.joined()
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
