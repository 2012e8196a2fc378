import Model

/// Cuts a stream of JSON values, one a line, into values.
struct LineSplitter {
    private var rest: [UInt8] = []

    /// The values that are complete with this piece.
    mutating func add(_ piece: [UInt8]) throws -> [Value] {
        rest += piece
        var values: [Value] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if let value = try parse(rest[start..<end]) { values.append(value) }
            start = end + 1
        }
        rest.removeFirst(start)
        return values
    }

    /// The value after the last newline, if any.
    mutating func finish() throws -> [Value] {
        defer { rest = [] }
        return try parse(rest[...]).map { [$0] } ?? []
    }

    private func parse(_ line: ArraySlice<UInt8>) throws -> Value? {
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
        return isBlank ? nil : try JSON.parse(Array(line))
    }
}
