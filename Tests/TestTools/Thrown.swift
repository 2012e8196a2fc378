/// The error of a type that `body` throws, or nil where it throws nothing or something else.
///
/// It stands for `#expect(throws:)` where the error is looked at: that gives it only from Swift 6.1 on.
public func thrown<Failure: Error, Result: Sendable>(
    _ type: Failure.Type, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}

/// The error of a type that `body` throws, or nil where it throws nothing or something else.
public func thrown<Failure: Error, Result>(_ type: Failure.Type, _ body: () throws -> Result) -> Failure? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Failure
    }
}
