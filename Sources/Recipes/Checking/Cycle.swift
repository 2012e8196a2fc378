/// A search for cycles in a graph of names.
enum Cycle {
    /// The cycles that a depth-first search meets, each rotated to begin with its smallest name: at least one of every
    /// strongly connected part. Names that `next` returns and `names` lacks are ignored.
    static func all(among names: some Sequence<String>, next: (String) -> [String]) -> [[String]] {
        let sorted = names.sorted()
        let known = Set(sorted)
        var finished: Set<String> = []
        var path: [String] = []
        var cycles: [[String]] = []

        func visit(_ name: String) {
            if let start = path.firstIndex(of: name) {
                cycles.append(rotated(Array(path[start...])))
                return
            }
            guard known.contains(name), !finished.contains(name) else { return }
            path.append(name)
            for following in next(name) { visit(following) }
            path.removeLast()
            finished.insert(name)
        }

        for name in sorted { visit(name) }
        return cycles
    }

    private static func rotated(_ cycle: [String]) -> [String] {
        guard let least = cycle.min(), let start = cycle.firstIndex(of: least) else { return cycle }
        return Array(cycle[start...] + cycle[..<start])
    }
}
