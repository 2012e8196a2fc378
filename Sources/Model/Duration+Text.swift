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

    /// The duration in seconds, fractions included.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
