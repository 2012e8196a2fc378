import Model

/// The problems found in documents, collected so that one run shows all of them.
public final class ProblemList {
    /// The problems in the order in which they were added.
    public private(set) var all: [Problem] = []

    /// Creates an empty list.
    public init() {}

    /// Adds a problem.
    public func add(_ problem: Problem) { all.append(problem) }

    /// Adds a problem at a place, which is nil where the problem has none.
    public func add(at place: Place?, _ message: String, remedy: String? = nil) {
        all.append(Problem(at: place, message, remedy: remedy))
    }

    /// Adds several problems.
    public func add(contentsOf problems: Problems) { all += problems.all }

    /// Throws all problems, in the order of files and lines, where there are any.
    public func check() throws(Problems) {
        if !all.isEmpty { throw Problems.inOrder(all) }
    }
}
