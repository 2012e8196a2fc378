/// The exit code of a child, or the signal that killed it.
public enum SubprocessStatus: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case killed(signal: Int32)

    public var isSuccess: Bool { self == .exited(0) }

    /// The status as a shell tells it: 128 and the signal's number for a killed child.
    public var code: Int32 {
        switch self {
        case .exited(let code): code
        case .killed(let signal): 128 + signal
        }
    }

    public var description: String {
        switch self {
        case .exited(let code): "exited with \(code)"
        case .killed(let signal): "was killed by signal \(signal)"
        }
    }
}

/// The status and the output of a child that ended.
public struct SubprocessResult: Sendable {
    public let program: String
    public let status: SubprocessStatus
    public let output: [UInt8]
    public let errors: [UInt8]

    /// The standard output as text, without its last newline.
    public var outputText: String { text(output) }
    /// The standard error as text, without its last newline.
    public var errorText: String { text(errors) }

    /// Gives this result, or throws where the program did not exit with 0.
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
    public let program: String
    public let status: SubprocessStatus
    /// The last lines of its output.
    public let lastLines: String

    public var description: String {
        "\(program) \(status)" + (lastLines.isEmpty ? "" : ": \(lastLines)")
    }
}
