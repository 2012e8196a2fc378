import Glibc

extension Filters {
    static let numbers: [Filter] = [
        Filter("abs") { _, input, _ in
            if let number = input.integer { return number < 0 ? try Datum.int(number).negated() : .int(number) }
            if case .double(let number) = input { return .double(number.magnitude) }
            throw Failure("abs needs a number, found \(input.described)")
        },
        Filter("round", ["precision", "method"]) { _, input, arguments in
            try rounded(input, precision: arguments.integer(0) ?? 0, method: arguments.text(1) ?? "common")
        },
        Filter("sum", ["attribute", "start"]) { _, input, arguments in
            let path = try arguments.optional(0).map(path)
            var sum = arguments[1] ?? .int(0)
            if sum.text != nil { throw Failure("sum cannot add strings", remedy: "use join") }
            for element in try input.elements() {
                sum = try sum.apply(.add, try follow(path ?? [], from: element))
            }
            return sum
        },
        Filter("min", ["case_sensitive", "attribute"]) { _, input, arguments in
            try extreme(input, arguments, wanted: .less)
        },
        Filter("max", ["case_sensitive", "attribute"]) { _, input, arguments in
            try extreme(input, arguments, wanted: .greater)
        },
    ]

    private static func extreme(_ input: Datum, _ arguments: FilterArguments, wanted: Datum.Order) throws -> Datum {
        let path = try arguments.optional(1).map(path) ?? []
        let isSensitive = try arguments.flag(0)
        var best: (key: Datum, element: Datum)?
        for element in try input.elements() {
            let value = try follow(path, from: element)
            let key = isSensitive ? value : ignoringCase(value)
            if let found = best {
                if try key.order(found.key) == wanted { best = (key, element) }
            } else {
                best = (key, element)
            }
        }
        return best?.element ?? .undefined(Undefined { Failure("there is no smallest or largest of no elements") })
    }

    private static func rounded(_ input: Datum, precision: Int, method: String) throws -> Datum {
        guard let number = input.number else { throw Failure("round needs a number, found \(input.described)") }
        switch method {
        case "common":
            if let whole = input.integer { return try roundedInteger(whole, precision: precision) }
            if !number.isFinite || precision > 308 + 17 { return .double(number) }
            if precision >= 0 { return .double(Double(Format.fixed(number, digits: precision)) ?? number) }
            if precision < -308 { return .double(copysign(0, number)) }
            let scale = pow(10, Double(-precision))
            return .double((number / scale).rounded(.toNearestOrEven) * scale)
        case "ceil", "floor":
            let scale = pow(10, Double(precision))
            let scaled = number * scale
            if !scaled.isFinite { throw Failure("\(pythonText(of: number)) cannot be rounded to \(precision) digits") }
            let whole = method == "ceil" ? scaled.rounded(.up) : scaled.rounded(.down)
            return .double((whole == 0 ? 0 : whole) / scale)
        default: throw Failure("the method of round is 'common', 'ceil' or 'floor', found '\(method)'")
        }
    }

    private static func roundedInteger(_ number: Int, precision: Int) throws -> Datum {
        if precision >= 0 { return .int(number) }
        if precision < -19 { return .int(0) }
        if precision < -18 {
            throw Failure("\(number) cannot be rounded to \(precision) digits")
        }
        var scale = 1
        for _ in 0..<(-precision) { scale *= 10 }
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: scale)
        let half = scale / 2
        var whole = quotient
        if remainder.magnitude > half.magnitude || (remainder.magnitude == half.magnitude && quotient % 2 != 0) {
            whole += remainder < 0 ? -1 : 1
        }
        return try Datum.int(whole).apply(.multiply, .int(scale))
    }
}
