import Model

/// Does what a file or folder that the user named is read or written for; what the system refuses there is thrown as
/// `Problems`, since another name mends it.
public func withGivenFiles<T>(at place: Place? = nil, remedy: String? = nil, _ body: () throws -> T) throws -> T {
    do {
        return try body()
    } catch let error as SystemError {
        throw Problems(at: place, "\(error)", remedy: remedy)
    } catch let error as NoFile {
        throw Problems(at: place, "\(error)", remedy: remedy)
    }
}
