/// A position in a text file, counted from one.
public struct Place: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file's path, as messages show it.
    public let file: String
    /// The line, counted from one.
    public let line: Int
    /// The column in characters, counted from one.
    public let column: Int

    /// Creates a place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Compares files by their paths, then lines and columns.
    public static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }

    /// The place as `file:line:column`, the form that editors jump to.
    public var description: String { "\(file):\(line):\(column)" }
}

/// One mistake in the user's input: its place, a message, and the remedy.
public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// The place of the mistake; nil where it is in no file, or nowhere in particular.
    public var place: Place?
    /// The mistake, in one sentence without a full stop: what was found and what was expected.
    public var message: String
    /// The remedy, in one sentence without a full stop.
    public var remedy: String?

    /// Creates a problem.
    public init(at place: Place? = nil, _ message: String, remedy: String? = nil) {
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// The problem as users see it: `PLACE: MESSAGE; REMEDY`, without the parts that it lacks.
    public var description: String {
        let located = place.map { "\($0): \(message)" } ?? message
        return remedy.map { "\(located); \($0)" } ?? located
    }
}

extension Problem {
    /// Whether one problem is printed before another: those without a place first, the others by file and line; nil
    /// where their places are the same.
    public static func isBefore(_ left: Problem, _ right: Problem) -> Bool? {
        switch (left.place, right.place) {
        case (let first?, let second?): first == second ? nil : first < second
        case (nil, .some): true
        case (.some, nil): false
        case (nil, nil): nil
        }
    }
}

/// All mistakes in an input, thrown together so that one run shows every one.
public struct Problems: Error, Sendable, CustomStringConvertible {
    /// The mistakes, in the order in which they are shown.
    public let all: [Problem]

    /// Creates an error with mistakes in the order given; `inOrder` sorts them.
    public init(_ all: [Problem]) { self.all = all }

    /// Creates an error with a single mistake.
    public init(at place: Place? = nil, _ message: String, remedy: String? = nil) {
        all = [Problem(at: place, message, remedy: remedy)]
    }

    /// The problems, each once, in the order of files and lines; those without a place come first.
    public static func inOrder(_ all: [Problem]) -> Problems {
        let sorted = all.enumerated().sorted { left, right in
            Problem.isBefore(left.element, right.element) ?? (left.offset < right.offset)
        }
        var seen: Set<Problem> = []
        return Problems(sorted.map(\.element).filter { seen.insert($0).inserted })
    }

    /// The problems as users see them, one a line.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}
