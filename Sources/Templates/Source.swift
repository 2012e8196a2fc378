import Model

/// The text of a template with unified line ends, and its place in its document.
struct Source: Sendable {
    let name: String
    let bytes: [UInt8]
    let firstLine: Int
    let firstColumn: Int

    init(_ text: String, name: String, firstLine: Int, firstColumn: Int) {
        self.name = name
        self.firstLine = firstLine
        self.firstColumn = firstColumn
        var bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: "\r")) { bytes = Source.unifyingLineEnds(bytes) }
        self.bytes = bytes
    }

    /// The place of a byte. Lines are counted each time, since only errors ask for it.
    func place(_ offset: Int) -> Place {
        var line = 0
        var lineStart = 0
        let end = min(offset, bytes.count)
        for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        let scalars = bytes[lineStart..<end].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        let column = scalars + (line == 0 ? firstColumn : 1)
        return Place(file: name, line: line + firstLine, column: column)
    }

    func problems(_ failure: Failure, at offset: Int) -> Problems {
        Problems(at: place(failure.offset ?? offset), failure.message, remedy: failure.remedy)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private static func unifyingLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var unified: [UInt8] = []
        unified.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\r") {
                unified.append(UInt8(ascii: "\n"))
                if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
            } else {
                unified.append(bytes[index])
            }
            index += 1
        }
        return unified
    }
}
