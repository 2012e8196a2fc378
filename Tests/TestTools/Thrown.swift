/// The error of the given type that `body` throws; nil if it throws nothing or another error.
///
/// Tests that look at the error use it, since `#expect(throws:)` returns the error only from Swift 6.1 on.
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

/// The error of the given type that `body` throws; nil if it throws nothing or another error.
public func thrown<Failure: Error, Result>(_ type: Failure.Type, _ body: () throws -> Result) -> Failure? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Failure
    }
}
