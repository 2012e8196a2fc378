import Model

/// What reading documents found wrong, collected so that one run shows all of it.
public final class ProblemList {
    public private(set) var all: [Problem] = []

    public init() {}

    public func add(_ problem: Problem) { all.append(problem) }

    public func add(at place: Place?, _ message: String, remedy: String? = nil) {
        all.append(Problem(at: place, message, remedy: remedy))
    }

    public func add(contentsOf problems: Problems) { all += problems.all }

    /// Throws everything that was found, in the order of files and lines, if anything was.
    public func check() throws(Problems) {
        if !all.isEmpty { throw Problems.inOrder(all) }
    }
}
