/// A number of bytes, as `512m` or `2g` in documents (powers of 1024, as Docker reads them).
public struct ByteCount: Sendable, Hashable, CustomStringConvertible {
    /// The number of bytes; one that was read from a text is never negative.
    public let bytes: Int

    /// Creates a count.
    public init(bytes: Int) { self.bytes = bytes }

    /// Reads a number with an optional `b`, `k`, `m`, `g` or `t`, in either case.
    public init?(text: String) {
        let units: [Character: Int] = ["b": 0, "k": 1, "m": 2, "g": 3, "t": 4]
        var digits = Substring(text.lowercased())
        var power = 0
        if let last = digits.last, let unit = units[last] {
            power = unit
            digits = digits.dropLast()
        }
        guard let number = Int(decimal: digits) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: 1 << (10 * power))
        if overflow { return nil }
        bytes = product
    }

    /// The count in the largest unit that divides it, as `512m`; without a unit where none does.
    public var description: String {
        for (power, unit) in [(4, "t"), (3, "g"), (2, "m"), (1, "k")] {
            let size = 1 << (10 * power)
            if bytes >= size, bytes.isMultiple(of: size) { return "\(bytes / size)\(unit)" }
        }
        return "\(bytes)"
    }
}
