import Model

/// A splitter of a stream of JSON values, one a line.
struct LineSplitter {
    private var rest: [UInt8] = []

    /// Adds a piece and returns the values that it completes.
    mutating func add(_ piece: [UInt8]) throws -> [Value] {
        rest += piece
        var values: [Value] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if !isBlank(rest[start..<end]) { values.append(try JSON.parse(Array(rest[start..<end]))) }
            start = end + 1
        }
        rest.removeFirst(start)
        return values
    }

    /// Returns the value after the last newline, if any.
    mutating func finish() throws -> [Value] {
        defer { rest = [] }
        return isBlank(rest[...]) ? [] : [try JSON.parse(rest)]
    }

    private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
    }
}
