/// The name among `candidates` that a misspelt `name` most likely meant; nil where none is near enough.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, name.count / 3)
    let folded = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let distance = editDistance(folded, Array(candidate.lowercased().unicodeScalars))
        guard distance <= limit else { continue }
        if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true {
            best = (candidate, distance)
        }
    }
    return best?.name
}

/// The names that are possible, as an error has them that expects one: `a`, or `one of a, b`.
public func oneAmong(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
}

/// Advice on an unknown name.
public enum Remedy {
    /// A question that proposes the nearest name, or else those of which `name` is a word or the beginning, as `nova`
    /// is of `nova-api`; nil where there are none.
    public static func meant(by name: String, among known: some Sequence<String>) -> String? {
        if let near = nearestName(to: name, among: known) { return "did you mean \(near)?" }
        let longer = Set(known).filter { known in
            known.split(separator: "-").contains { $0 == name } || name.count > 2 && known.hasPrefix(name)
        }.sorted()
        guard let last = longer.last else { return nil }
        if longer.count == 1 { return "did you mean \(last)?" }
        return "did you mean \(longer.dropLast().joined(separator: ", ")) or \(last)?"
    }

    /// The same question or, where there is nothing to propose, a list of all names.
    ///
    /// - Parameter what: the kind of the names, for the case that `known` is empty.
    public static func nearest(to name: String, among known: some Collection<String>, what: String) -> String {
        if let meant = meant(by: name, among: known) { return meant }
        return known.isEmpty ? "there is no \(what)" : "there is \(Set(known).sorted().joined(separator: ", "))"
    }
}

/// The number of insertions, removals, replacements and swaps of neighbours that turn one text into the other.
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 1...left.count {
        var current = [row] + [Int](repeating: 0, count: right.count)
        for column in 1...right.count {
            let cost = left[row - 1] == right[column - 1] ? 0 : 1
            var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                best = min(best, beforePrevious[column - 2] + 1)
            }
            current[column] = best
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
