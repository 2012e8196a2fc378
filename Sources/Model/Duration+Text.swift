extension Duration {
    /// The limit in seconds, exclusive, of a duration in a text: longer ones do not fit into an engine's nanoseconds.
    private static var limit: Double { 9e9 }

    /// Reads `500ms`, `30s`, `10m` or `2h`, or a plain number of seconds; fractions are allowed.
    public init?(text: String) {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
        for (suffix, seconds) in units where text.hasSuffix(suffix) {
            let number = text.dropLast(suffix.count)
            guard number.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), let amount = Double(number),
                amount * seconds < Self.limit
            else { continue }
            self = .milliseconds(Int64((amount * seconds * 1000).rounded()))
            return
        }
        return nil
    }

    /// The duration in the notation that `init(text:)` reads, such as `90s` or `500ms`.
    public var text: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }

    /// The duration for people: `0.4 s`, `12 s`, `2 min 5 s`, `1 h 3 min`.
    ///
    /// - Parameter fractions: whether less than ten seconds have a tenth, and others are rounded.
    public func words(fractions: Bool = true) -> String {
        let tenths = Int((seconds * 10).rounded())
        if tenths < 100, fractions { return "\(tenths / 10).\(tenths % 10) s" }
        let whole = fractions ? Int(seconds.rounded()) : Int(seconds)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// The duration in seconds, fractions included.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// The whole milliseconds of the duration.
    public var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
