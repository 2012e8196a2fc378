extension Filters {
    static let conversions: [Filter] = [
        Filter("default", .fixed(["default_value", "boolean"], required: 0), acceptsUndefined: true) {
            _, input, arguments in
            if case .undefined = input { return arguments[0] ?? .string("") }
            if try arguments.flag(1), try !input.isTrue() { return arguments[0] ?? .string("") }
            return input
        },
        Filter("string") { _, input, _ in try input.mapText { $0 } },
        Filter("int", ["default", "base"]) { _, input, arguments in
            if let number = input.integer { return .int(number) }
            let base = try arguments.integer(1) ?? 10
            if let text = input.text, let number = try Strings.integer(text, base: base) { return .int(number) }
            guard let number = Strings.double(input) else { return arguments[0] ?? .int(0) }
            if number.isNaN { return arguments[0] ?? .int(0) }
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw Failure("\(pythonText(of: number)) is beyond 64-bit whole numbers")
            }
            return .int(whole)
        },
        Filter("float", ["default"]) { _, input, arguments in
            Strings.double(input).map(Datum.double) ?? arguments[0] ?? .double(0)
        },
    ]
}
