import Glibc

extension Datum {
    /// Applies an operator as Python does; integers have 64 bits, and a result that does not fit is an error.
    func apply(_ operation: Arithmetic, _ other: Datum) throws -> Datum {
        if case .undefined(let undefined) = self { throw undefined.failure }
        if case .undefined(let undefined) = other { throw undefined.failure }
        if let left = integer, let right = other.integer {
            return try Datum.integers(operation, left, right)
        }
        if let left = number, let right = other.number {
            return .double(try Datum.floats(operation, left, right))
        }
        switch operation {
        case .add: if let sum = try joined(with: other) { return sum }
        case .multiply:
            if let count = other.integer, let product = try repeated(count) { return product }
            if let count = integer, let product = try other.repeated(count) { return product }
        case .modulo: if let format = text { return .string(try Format.print(format, other)) }
        default: break
        }
        throw Failure("'\(operation.rawValue)' cannot be applied to \(described) and \(other.described)")
    }

    func negated() throws -> Datum {
        if case .undefined(let undefined) = self { throw undefined.failure }
        if let number = integer { return try Datum.integers(.subtract, 0, number) }
        if case .double(let number) = self { return .double(-number) }
        throw Failure("'-' cannot be applied to \(described)")
    }

    func unchanged() throws -> Datum {
        if case .undefined(let undefined) = self { throw undefined.failure }
        if let number = integer { return .int(number) }
        if case .double = self { return self }
        throw Failure("'+' cannot be applied to \(described)")
    }

    private static func integers(_ operation: Arithmetic, _ left: Int, _ right: Int) throws -> Datum {
        func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> Datum {
            if result.overflow {
                throw Failure("\(left) \(operation.rawValue) \(right) is beyond 64-bit whole numbers")
            }
            return .int(result.partialValue)
        }
        switch operation {
        case .add: return try checked(left.addingReportingOverflow(right))
        case .subtract: return try checked(left.subtractingReportingOverflow(right))
        case .multiply: return try checked(left.multipliedReportingOverflow(by: right))
        case .divide: return .double(try floats(.divide, Double(left), Double(right)))
        case .floorDivide, .modulo:
            if right == 0 { throw Failure("\(left) \(operation.rawValue) 0 divides by zero") }
            if right == -1 {
                return operation == .modulo ? .int(0) : try checked(0.subtractingReportingOverflow(left))
            }
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
            let isBelow = remainder != 0 && (remainder < 0) != (right < 0)
            if operation == .modulo { return .int(isBelow ? remainder + right : remainder) }
            return .int(isBelow ? quotient - 1 : quotient)
        case .power:
            if right < 0 { return .double(try floats(.power, Double(left), Double(right))) }
            var result = 1
            var base = left
            var exponent = right
            if left == 0 || left == 1 || left == -1 {
                return .int(left == -1 ? (right % 2 == 0 ? 1 : -1) : right == 0 ? 1 : left)
            }
            while exponent > 0 {
                if exponent & 1 == 1, case .int(let product) = try checked(result.multipliedReportingOverflow(by: base))
                {
                    result = product
                }
                exponent >>= 1
                if exponent > 0, case .int(let square) = try checked(base.multipliedReportingOverflow(by: base)) {
                    base = square
                }
            }
            return .int(result)
        }
    }

    private static func floats(_ operation: Arithmetic, _ left: Double, _ right: Double) throws -> Double {
        func refuseZero() throws {
            if right == 0 { throw Failure("\(pythonText(of: left)) \(operation.rawValue) 0 divides by zero") }
        }
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide:
            try refuseZero()
            return left / right
        case .modulo, .floorDivide:
            try refuseZero()
            var remainder = fmod(left, right)
            var quotient = (left - remainder) / right
            if remainder != 0 {
                if (right < 0) != (remainder < 0) {
                    remainder += right
                    quotient -= 1
                }
            } else {
                remainder = copysign(0, right)
            }
            if operation == .modulo { return remainder }
            if quotient == 0 { return copysign(0, left / right) }
            let floored = floor(quotient)
            return quotient - floored > 0.5 ? floored + 1 : floored
        case .power:
            if left == 0, right < 0 { throw Failure("0 ** \(pythonText(of: right)) divides by zero") }
            if left < 0, right != right.rounded(), right.isFinite {
                throw Failure("\(pythonText(of: left)) ** \(pythonText(of: right)) is not a real number")
            }
            let result = pow(left, right)
            if result.isInfinite, left.isFinite, right.isFinite {
                throw Failure("\(pythonText(of: left)) ** \(pythonText(of: right)) is too large")
            }
            return result
        }
    }

    private func joined(with other: Datum) throws -> Datum? {
        switch (self, other) {
        case (.string(let left), .string(let right)):
            try Limits.check(bytes: left.utf8.count + right.utf8.count)
            return .string(left + right)
        case (.markup, .string), (.markup, .markup), (.string, .markup):
            return .markup(try escaped() + other.escaped())
        case (.values, .values), (.values, .list), (.list, .values), (.list, .list):
            let sum = try elements() + other.elements()
            try Limits.check(elements: sum.count)
            return try .list(sum)
        case (.tuple(let left), .tuple(let right)):
            try Limits.check(elements: left.elements.count + right.elements.count)
            return try .tuple(left.elements + right.elements)
        default: return nil
        }
    }

    private func repeated(_ count: Int) throws -> Datum? {
        func elements(_ items: [Datum]) throws -> [Datum] {
            let count = max(count, 0)
            try Limits.check(elements: Limits.product(items.count, count))
            return Array(repeatElement(items, count: count).joined())
        }
        switch self {
        case .string(let text), .markup(let text):
            let count = max(count, 0)
            try Limits.check(bytes: Limits.product(text.utf8.count, count))
            return .string(String(repeating: text, count: count))
        case .values, .list: return try .list(elements(self.elements()))
        case .tuple(let items): return try .tuple(elements(items.elements))
        default: return nil
        }
    }

    /// The text with HTML's special characters escaped, unless it is marked as safe.
    func escaped() throws -> String {
        if case .markup(let text) = self { return text }
        var result = ""
        for scalar in try string().unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "'": result += "&#39;"
            case "\"": result += "&#34;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
