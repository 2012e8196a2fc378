import Synchronization
import System

/// The output of one build.
final class BuildLog: Sendable {
    private let text = Mutex("")

    func append(_ piece: String) { text.withLock { $0 += piece } }

    /// The last lines that are not empty, without escape sequences.
    func lastLines(_ count: Int) -> [String] {
        text.withLock { text in
            text.split { $0.isNewline }.filter { !$0.allSatisfy(\.isWhitespace) }.suffix(count).map { plainText($0) }
        }
    }

    /// Writes the log to a file and returns its path; nil if the log is empty.
    func save(in folder: String, name: String) throws -> String? {
        let content = text.withLock { $0 }
        if content.isEmpty { return nil }
        try Files.makeDirectory(folder)
        let path = "\(folder)/\(name)"
        try Files.write(content, to: path)
        return path
    }
}

/// A line without escape sequences, by which programs colour it (ECMA-48), and without control characters.
func plainText(_ line: Substring) -> String {
    var plain = String.UnicodeScalarView()
    var scalars = line.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
        if scalar == "\u{1b}", scalars.first == "[" {
            scalars = scalars.drop { !("@"..."~").contains($0) || $0 == "[" }.dropFirst()
        } else if scalar.value >= 32 || scalar == "\t" {
            plain.append(scalar)
        }
    }
    return String(plain)
}
