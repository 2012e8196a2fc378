import Model

/// Runs `body`, which reads or writes a file or folder that the user named. A `SystemError` is thrown as `Problems`,
/// since the user can name another one.
public func withGivenFiles<T>(at place: Place? = nil, remedy: String? = nil, _ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as SystemError {
        throw Problems(at: place, "\(error)", remedy: remedy)
    } catch let error as NoFile {
        throw Problems(at: place, "\(error)", remedy: remedy)
    }
}
