/// How a child ended.
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

/// A child's end and all that it wrote.
public struct SubprocessResult: Sendable {
    public let program: String
    public let status: SubprocessStatus
    public let output: [UInt8]
    public let errors: [UInt8]

    /// The standard output as text, without its last newline.
    public var outputText: String { text(output) }
    /// The standard error as text, without its last newline.
    public var errorText: String { text(errors) }

    /// This result, or an error when the program did not exit with 0.
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

/// A program that ended otherwise than with 0.
public struct SubprocessFailure: Error, Sendable, CustomStringConvertible {
    public let program: String
    public let status: SubprocessStatus
    /// The end of what it wrote.
    public let lastLines: String

    public var description: String {
        "\(program) \(status)" + (lastLines.isEmpty ? "" : ": \(lastLines)")
    }
}
