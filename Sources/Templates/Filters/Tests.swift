/// The tests that templates can use.
enum Tests {
    static let all: [String: Test] = {
        var tests: [String: Test] = [:]
        for test in types + values + comparisons { tests[test.name] = test }
        let aliases = [
            ("equalto", "eq"), ("==", "eq"), ("!=", "ne"), ("<", "lt"), ("lessthan", "lt"), ("<=", "le"), (">", "gt"),
            ("greaterthan", "gt"), (">=", "ge"),
        ]
        for (alias, name) in aliases { tests[alias] = tests[name] }
        return tests
    }()

    /// Jinja's tests that are not supported.
    static let refused: Set<String> = ["callable", "sameas"]

    private static let types: [Test] = [
        Test("defined") { datum, _ in !datum.isUndefined },
        Test("undefined") { datum, _ in datum.isUndefined },
        Test("none") { datum, _ in
            if case .none = datum { return true }
            return false
        },
        Test("boolean") { datum, _ in
            if case .bool = datum { return true }
            return false
        },
        Test("integer") { datum, _ in
            if case .int = datum { return true }
            return false
        },
        Test("float") { datum, _ in
            if case .double = datum { return true }
            return false
        },
        Test("number") { datum, _ in datum.number != nil },
        Test("string") { datum, _ in datum.text != nil },
        Test("mapping") { datum, _ in
            switch datum {
            case .mapping, .dictionary: true
            default: false
            }
        },
        Test("sequence") { datum, _ in
            switch datum {
            case .values, .list, .tuple, .mapping, .dictionary, .string, .markup: true
            case .object(let object): object is NumberRange
            default: false
            }
        },
        Test("iterable") { datum, _ in
            if case .object(let object) = datum { return object is LazySequence || object.count != nil }
            return try datum.optionalElements() != nil
        },
        Test("escaped") { datum, _ in
            if case .markup = datum { return true }
            return false
        },
    ]

    private static let values: [Test] = [
        Test("true") { datum, _ in
            if case .bool(let flag) = datum { return flag }
            return false
        },
        Test("false") { datum, _ in
            if case .bool(let flag) = datum { return !flag }
            return false
        },
        Test("odd") { datum, _ in try isMultiple(datum, of: .int(2), remainder: 1) },
        Test("even") { datum, _ in try isMultiple(datum, of: .int(2), remainder: 0) },
        Test("divisibleby", 1) { datum, arguments in
            try isMultiple(datum, of: arguments[0] ?? .none, remainder: 0)
        },
        Test("lower") { datum, _ in Strings.isLower(try datum.string()) },
        Test("upper") { datum, _ in Strings.isUpper(try datum.string()) },
        Test("filter") { datum, _ in Filters.all[try datum.string()] != nil },
        Test("test") { datum, _ in all[try datum.string()] != nil },
    ]

    private static func isMultiple(_ datum: Datum, of divisor: Datum, remainder: Int) throws -> Bool {
        if datum.text != nil { throw Failure("a number is needed here, found \(datum.described)") }
        return try datum.apply(.modulo, divisor).equals(.int(remainder))
    }

    private static let comparisons: [Test] = [
        ("eq", Comparison.equal), ("ne", .notEqual), ("lt", .less), ("le", .lessOrEqual), ("gt", .greater),
        ("ge", .greaterOrEqual), ("in", .isIn),
    ].map { name, operation in
        Test(name, 1) { datum, arguments in try datum.compare(operation, arguments[0] ?? .none) }
    }
}

extension Datum {
    var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }
}
