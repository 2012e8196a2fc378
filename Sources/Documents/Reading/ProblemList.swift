import Model

/// The problems found in documents, collected so that one run shows all of them.
public final class ProblemList {
    public private(set) var all: [Problem] = []

    public init() {}

    public func add(_ problem: Problem) { all.append(problem) }

    public func add(at place: Place?, _ message: String, remedy: String? = nil) {
        all.append(Problem(at: place, message, remedy: remedy))
    }

    public func add(contentsOf problems: Problems) { all += problems.all }

    /// Throws all problems, in the order of files and lines, if there are any.
    public func check() throws(Problems) {
        if !all.isEmpty { throw Problems.inOrder(all) }
    }
}
