/// The exit code of a child, or the signal that killed it.
public enum SubprocessStatus: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)

    /// Whether the child exited with 0.
    public var isSuccess: Bool { self == .exited(0) }

    /// The status as a shell reports it: the exit code, or 128 plus the number of the signal.
    public var code: Int32 {
        switch self {
        case .exited(let code): code
        case .killed(let signal): 128 + signal
        }
    }

    /// The status in words that follow the program's name.
    public var description: String {
        switch self {
        case .exited(let code): "exited with \(code)"
        case .killed(let signal): "was killed by signal \(signal)"
        }
    }
}

/// The status and the output of a child that ended.
public struct SubprocessResult: Sendable {
    /// The program, as the `Subprocess` named it.
    public let program: String
    /// The exit code or signal.
    public let status: SubprocessStatus
    /// The bytes of the standard output.
    public let output: [UInt8]
    /// The bytes of the standard error.
    public let errors: [UInt8]

    /// The standard output as text, without its last newline.
    public var outputText: String { text(output) }
    /// The standard error as text, without its last newline.
    public var errorText: String { text(errors) }

    /// Returns this result if the program exited with 0.
    ///
    /// - Throws: `SubprocessFailure` otherwise.
    @discardableResult
    public func checked() throws -> SubprocessResult {
        guard status.isSuccess else {
            throw SubprocessFailure(
                program: program, status: status, lastLines: lastLines(errorText.isEmpty ? outputText : errorText))
        }
        return self
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    private func lastLines(_ text: String) -> String {
        text.split(separator: "\n").suffix(10).joined(separator: "\n")
    }
}

/// The error of a program that did not exit with 0.
public struct SubprocessFailure: Error, Sendable, CustomStringConvertible {
    /// The program, as the `Subprocess` named it.
    public let program: String
    /// The exit code or signal.
    public let status: SubprocessStatus
    /// The last ten lines of its standard error, or of its standard output if there are none.
    public let lastLines: String

    /// The program, its exit code or signal, and its last lines.
    public var description: String {
        "\(program) \(status)" + (lastLines.isEmpty ? "" : ": \(lastLines)")
    }
}
