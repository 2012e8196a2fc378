import Model

/// A selection of the suite's tests.
public struct TestSelection: Sendable {
    /// The selected tests, sorted by name.
    public let tests: [TestName]
    /// The tests that the lists leave out, as skipped results with the lists' reasons, sorted by name.
    public let excepted: [TestResult]
    /// The identifiers and names on the lists that no test of the suite has, since the suite is older or newer than the
    /// list.
    public let unknown: [String]

    /// Selects tests.
    ///
    /// - Parameter words: names of lists; names of tests, classes, modules and packages; identifiers of tests.
    /// - Throws: `Problems` if a word selects nothing.
    public init(_ words: [String], lists: [ConformanceList], suite: [TestName]) throws {
        var problems: [Problem] = []
        var unknown: Set<String> = []
        var chosen: [ConformanceList] = []
        for word in words {
            if let list = lists.first(where: { $0.name == word }) {
                chosen.append(list)
                unknown.formUnion(list.missing(in: suite))
                continue
            }
            let id = word.hasPrefix("id-") ? String(word.dropFirst(3)) : word
            let own = ConformanceList(name: word, summary: word, ids: [id], names: [word], tags: [])
            guard suite.contains(where: own.chooses) else {
                let near = nearestName(to: word, among: lists.map(\.name))
                problems.append(
                    Problem(
                        "there is no list and no test \(word)",
                        remedy: near.map { "did you mean \($0)?" }
                            ?? (lists.isEmpty
                                ? "the catalogue has no lists"
                                : "lists are \(lists.map(\.name).joined(separator: ", "))")))
                continue
            }
            chosen.append(own)
        }
        if !problems.isEmpty { throw Problems(problems) }
        // A test that several classes inherit has one identifier and runs in each of them.
        tests = suite.filter { test in chosen.contains { $0.chooses(test) } }.sorted()
        excepted = suite.sorted().compactMap { test in
            guard !chosen.contains(where: { $0.chooses(test) }) else { return nil }
            let reasons = chosen.compactMap { list in
                list.exception(for: test).map { "left out of \(list.name): \($0)" }
            }
            return reasons.first.map { TestResult(test: test, status: .skipped, seconds: 0, reason: $0) }
        }
        self.unknown = unknown.sorted()
    }
}

extension ConformanceList {
    /// The identifiers and names on the list that no test of the suite has.
    func missing(in suite: [TestName]) -> [String] {
        let known = Set(suite.compactMap(\.id))
        return ids.filter { !known.contains($0) }.sorted()
            + (names + exceptions.keys.filter { !known.contains($0) }.sorted()).filter { name in
                !suite.contains { $0.isWithin(name) }
            }
    }
}
