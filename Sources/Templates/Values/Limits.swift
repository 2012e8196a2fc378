/// Limits that no sensible template reaches. They keep templates from exhausting memory, stack and time.
enum Limits {
    /// The number of elements of one range, as in Jinja's own sandbox.
    static let range = 100_000
    /// The number of elements of one list.
    static let elements = 250_000
    /// The number of bytes of one string, and of the output.
    static let bytes = 16 << 20
    /// The number of levels to which macros and recursive loops may call each other.
    static let calls = 200
    /// The number of passes through the bodies of all loops of one render.
    static let passes = 1_000_000
    /// The number of levels to which lists and mappings may be nested.
    static let nesting = 200

    static func check(bytes count: Int) throws {
        if count > bytes { throw Failure("this would make a string of more than \(bytes >> 20) MiB") }
    }

    static func check(elements count: Int) throws {
        if count > elements { throw Failure("this would make a list of more than \(elements) elements") }
    }

    /// The number of bytes or elements in `count` repetitions of `size`; `Int.max` where it overflows.
    static func product(_ size: Int, _ count: Int) -> Int {
        let (product, overflow) = size.multipliedReportingOverflow(by: count)
        return overflow ? Int.max : product
    }

    static func nesting(over elements: some Sequence<Datum>) throws -> Int {
        var deepest = 0
        for element in elements { deepest = max(deepest, element.nesting) }
        if deepest >= nesting { throw Failure("lists and mappings are nested more than \(nesting) levels deep") }
        return deepest + 1
    }
}
