/// Bounds that no sensible template meets, so that none can take the whole memory, stack or day.
enum Limits {
    /// The elements of one range, as Jinja's own sandbox has it.
    static let range = 100_000
    /// The elements of one list.
    static let elements = 250_000
    /// The bytes of one string, and of the output.
    static let bytes = 16 << 20
    /// How deep macros and recursive loops may call each other.
    static let calls = 200
    /// Passes through the bodies of all loops of one render.
    static let passes = 1_000_000
    /// Lists in lists in lists.
    static let nesting = 200

    static func check(bytes count: Int) throws {
        if count > bytes { throw Failure("this would make a string of more than \(bytes >> 20) MiB") }
    }

    static func check(elements count: Int) throws {
        if count > elements { throw Failure("this would make a list of more than \(elements) elements") }
    }

    /// The number of bytes or elements that `count` repetitions of `size` make, or too many.
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
