/// The results of `body` for all elements, in the order of these, with at most `limit` of them under way at a time.
public func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], atMost limit: Int = .max, _ body: @escaping @Sendable (Element) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        for (index, element) in elements.enumerated() {
            if index >= max(1, limit), let (done, result) = await group.next() { results[done] = result }
            group.addTask { (index, await body(element)) }
        }
        for await (done, result) in group { results[done] = result }
        return results.compactMap { $0 }
    }
}

/// The results of `body` for all elements, in the order of these, with at most `limit` of them under way at a time.
///
/// The first error ends those that are under way, and is thrown.
public func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], atMost limit: Int = .max, _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        for (index, element) in elements.enumerated() {
            if index >= max(1, limit), let (done, result) = try await group.next() { results[done] = result }
            group.addTask { (index, try await body(element)) }
        }
        for try await (done, result) in group { results[done] = result }
        return results.compactMap { $0 }
    }
}
