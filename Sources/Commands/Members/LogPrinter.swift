import Clouds
import Model
import System

/// A printer of lines of members' logs, as text or as JSON, an object each.
struct LogPrinter: Sendable {
    /// The width of the column of members; 0 leaves it out.
    let width: Int
    let isJSON: Bool

    /// Prints a line; `time` begins it where it is wanted.
    func show(_ text: Substring, of member: String, at time: Substring? = nil) {
        if isJSON {
            let time: Value = time.map { .string(String($0)) } ?? .null
            printOut(JSON.text(["member": .string(member), "time": time, "text": .string(String(text))]))
        } else {
            printOut((time.map { "\($0) " } ?? "") + (width == 0 ? "" : column(member)) + text)
        }
    }

    /// The member that wrote a line, with the separator between them.
    private func column(_ member: String) -> String {
        member + String(repeating: " ", count: max(0, width - member.count)) + " | "
    }
}

/// A collector of the pieces of a member's log, which prints whole lines.
struct LogLines {
    private let member: String
    private let printer: LogPrinter
    private var rest: [UInt8] = []

    init(of member: String, _ printer: LogPrinter) {
        self.member = member
        self.printer = printer
    }

    /// Takes a piece, which may end within a line or within a character.
    mutating func add(_ piece: [UInt8]) {
        rest += piece
        guard let end = rest.lastIndex(of: 10) else { return }
        let whole = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeFirst(end + 1)
        for line in textLines(whole) { show(line) }
    }

    mutating func finish() {
        if !rest.isEmpty { show(Substring(String(decoding: rest, as: UTF8.self))) }
        rest = []
    }

    private func show(_ line: Substring) {
        if printer.isJSON {
            let (time, text) = splitTime(line)
            printer.show(text, of: member, at: time)
        } else {
            printer.show(line, of: member)
        }
    }
}
