/// An engine's refusal to run a program in a container, which the engine writes to the program's own output.
public struct ExecRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The exit code, as a shell's: 127 where the program does not exist, else 126.
    public let exitCode: Int
    /// The engine's reason.
    public let description: String

    /// Parses the engine's message; nil where the text is the program's own output.
    init?(said text: String, exitCode: Int) {
        guard exitCode == 126 || exitCode == 127, Self.mayBegin(text) else { return nil }
        var reason = Substring(text.split(whereSeparator: \.isNewline).first ?? "")
        if let start = reason.firstRange(of: ": exec: ") { reason = reason[start.upperBound...] }
        if reason.hasSuffix(": unknown") { reason = reason.dropLast(": unknown".count) }
        let isMissing = ["executable file not found", "no such file or directory"].contains { reason.contains($0) }
        self.exitCode = isMissing ? 127 : 126
        description = String(reason)
    }

    /// Whether a program's first output may be a message of the engine.
    static func mayBegin(_ text: String) -> Bool {
        ["OCI runtime exec failed: ", "unable to find user ", "unable to find group "].contains { text.hasPrefix($0) }
    }
}
