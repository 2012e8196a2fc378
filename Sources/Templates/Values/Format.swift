import Glibc

/// The operator `%` of Python's strings.
enum Format {
    private struct Directive {
        var alternate = false
        var zero = false
        var left = false
        var space = false
        var plus = false
        var width = 0
        var precision: Int?
    }

    static func print(_ format: String, _ arguments: Datum) throws -> String {
        var printer = Printer(format: Array(format.utf8), arguments: arguments)
        return try printer.print()
    }

    private struct Printer {
        let format: [UInt8]
        let arguments: Datum
        var index = 0
        var used = 0
        var usedMapping = false
        var result: [UInt8] = []

        init(format: [UInt8], arguments: Datum) {
            self.format = format
            self.arguments = arguments
        }

        mutating func print() throws -> String {
            while index < format.count {
                if format[index] == UInt8(ascii: "%") {
                    index += 1
                    try printDirective()
                    try Limits.check(bytes: result.count)
                } else {
                    result.append(format[index])
                    index += 1
                }
            }
            if !usedMapping, used < positional.count, !isMapping {
                throw Failure("this format has places for \(used) values, found \(positional.count)")
            }
            return String(decoding: result, as: UTF8.self)
        }

        private var isMapping: Bool {
            switch arguments {
            case .mapping, .dictionary, .values, .list: true
            case .object(let object): object.type != "tuple"
            default: false
            }
        }

        private var positional: [Datum] {
            if case .tuple(let items) = arguments { return items.elements }
            return [arguments]
        }

        private mutating func next() throws -> Datum {
            guard used < positional.count else {
                throw Failure("this format has places for more values than the \(positional.count) given")
            }
            used += 1
            return positional[used - 1]
        }

        private mutating func byte() throws -> UInt8 {
            guard index < format.count else { throw Failure("this format ends within a place for a value") }
            index += 1
            return format[index - 1]
        }

        private mutating func printDirective() throws {
            var directive = Directive()
            var mapped: Datum?
            var letter = try byte()
            if letter == UInt8(ascii: "(") {
                var name: [UInt8] = []
                var depth = 1
                while true {
                    let next = try byte()
                    if next == UInt8(ascii: "(") { depth += 1 }
                    if next == UInt8(ascii: ")") {
                        depth -= 1
                        if depth == 0 { break }
                    }
                    name.append(next)
                }
                let key = String(decoding: name, as: UTF8.self)
                guard case .some(let value) = try? arguments.valueUnder(.string(key)) else {
                    throw Failure("this format needs a mapping with the key '\(key)'")
                }
                mapped = value
                usedMapping = true
                letter = try byte()
            }
            while true {
                switch letter {
                case UInt8(ascii: "#"): directive.alternate = true
                case UInt8(ascii: "0"): directive.zero = true
                case UInt8(ascii: "-"): directive.left = true
                case UInt8(ascii: " "): directive.space = true
                case UInt8(ascii: "+"): directive.plus = true
                default:
                    try readWidth(&directive, &letter)
                    return try printValue(mapped, letter, directive)
                }
                letter = try byte()
            }
        }

        private mutating func readWidth(_ directive: inout Directive, _ letter: inout UInt8) throws {
            func number() throws -> Int {
                if letter == UInt8(ascii: "*") {
                    guard case .int(let number) = try next() else { throw Failure("'*' in a format needs a number") }
                    letter = try byte()
                    return number
                }
                var number = 0
                while letter >= UInt8(ascii: "0"), letter <= UInt8(ascii: "9") {
                    number = min(number * 10 + Int(letter - UInt8(ascii: "0")), Limits.bytes + 1)
                    letter = try byte()
                }
                return number
            }
            let width = try number()
            if width < 0 { directive.left = true }
            directive.width = Int(clamping: width.magnitude)
            if letter == UInt8(ascii: ".") {
                letter = try byte()
                directive.precision = max(try number(), 0)
            }
            if [UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "L")].contains(letter) { letter = try byte() }
            try Limits.check(bytes: max(directive.width, directive.precision ?? 0))
        }

        private mutating func printValue(_ mapped: Datum?, _ letter: UInt8, _ directive: Directive) throws {
            switch letter {
            case UInt8(ascii: "%"): result.append(letter)
            case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"):
                let value = try mapped ?? next()
                var text = letter == UInt8(ascii: "s") ? try value.string() : try value.representation()
                if let precision = directive.precision {
                    text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
                }
                pad(text, directive)
            case UInt8(ascii: "c"):
                let value = try mapped ?? next()
                if let text = value.text, text.unicodeScalars.count == 1 {
                    pad(text, directive)
                } else if let code = value.integer, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) {
                    pad(String(Character(scalar)), directive)
                } else {
                    throw Failure("'%c' needs one character, found \(value.described)")
                }
            case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
                let value = try mapped ?? next()
                guard let number = value.integer ?? value.number.flatMap({ Int(exactly: $0.rounded(.towardZero)) })
                else { throw Failure("'%d' needs a number, found \(value.described)") }
                padNumber(String(number.magnitude), isNegative: number < 0, prefix: "", directive)
            case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
                let value = try mapped ?? next()
                guard let number = value.integer else {
                    throw Failure("'%x' and '%o' need a whole number, found \(value.described)")
                }
                let isUpper = letter == UInt8(ascii: "X")
                let digits = String(number.magnitude, radix: letter == UInt8(ascii: "o") ? 8 : 16, uppercase: isUpper)
                let prefix = directive.alternate ? "0" + String(Character(Unicode.Scalar(letter))) : ""
                padNumber(digits, isNegative: number < 0, prefix: prefix, directive)
            case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "g"),
                UInt8(ascii: "G"):
                let value = try mapped ?? next()
                guard let number = value.number else {
                    throw Failure("'%f' needs a number, found \(value.described)")
                }
                let conversion = String(Character(Unicode.Scalar(letter)))
                let digits = cFormat(
                    number.magnitude, "%" + (directive.alternate ? "#" : "") + ".*" + conversion,
                    directive.precision ?? 6)
                var finite = directive
                finite.precision = nil
                padNumber(digits, isNegative: number.sign == .minus && !number.isNaN, prefix: "", finite)
            default:
                throw Failure("'%\(Character(Unicode.Scalar(letter)))' is not a format that exists")
            }
        }

        private mutating func padNumber(_ digits: String, isNegative: Bool, prefix: String, _ directive: Directive) {
            var digits = digits
            if let precision = directive.precision, digits.utf8.count < precision {
                digits = String(repeating: "0", count: precision - digits.utf8.count) + digits
            }
            let sign = (isNegative ? "-" : directive.plus ? "+" : directive.space ? " " : "") + prefix
            let missing = directive.width - sign.utf8.count - digits.utf8.count
            if directive.zero, !directive.left, missing > 0 {
                digits = String(repeating: "0", count: missing) + digits
            }
            pad(sign + digits, directive)
        }

        private mutating func pad(_ text: String, _ directive: Directive) {
            let missing = directive.width - text.unicodeScalars.count
            let spaces = repeatElement(UInt8(ascii: " "), count: max(missing, 0))
            if !directive.left { result.append(contentsOf: spaces) }
            result.append(contentsOf: text.utf8)
            if directive.left { result.append(contentsOf: spaces) }
        }
    }

    /// The text of a number with a fixed number of decimal digits, exactly rounded.
    static func fixed(_ number: Double, digits: Int) -> String {
        cFormat(number, "%.*f", digits)
    }
}

/// One number formatted by C's `printf` with a precision.
private func cFormat(_ number: Double, _ format: String, _ precision: Int) -> String {
    withVaList([Int32(clamping: precision), number]) { arguments in
        var buffer = [CChar](repeating: 0, count: 400 + min(precision, Limits.bytes))
        let length = vsnprintf(&buffer, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(max(Int(length), 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
