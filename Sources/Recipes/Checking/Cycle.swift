/// Finds chains of names that end where they began.
enum Cycle {
    /// Every cycle once, beginning with its smallest name; names that `next` gives and `names` lacks are passed over.
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
