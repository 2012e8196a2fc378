import Glibc
import System

/// The error of a command that destroys data or containers and was not confirmed. Nothing was done.
public struct Refusal: Error, Sendable, CustomStringConvertible {
    /// The message, which tells the user that nothing was done.
    public let description: String

    /// Creates an error with its message.
    public init(_ description: String) { self.description = description }
}

extension ParsedArguments {
    /// Asks the user to confirm, and returns if the user does: by `--yes`, or on a terminal by answering y.
    ///
    /// - Parameter question: the change and the loss that it brings, as a question.
    /// - Throws: `Refusal` otherwise, which ends the program with exit status 4.
    public func confirm(_ question: String) async throws {
        let isTerminal = Terminal.isTerminal(.input) && Terminal.isTerminal(.errors)
        try await confirm(question, asking: isTerminal ? ask : nil)
    }

    /// Asks the user to confirm.
    ///
    /// - Parameter asking: shows a text and returns the answer; nil if nobody can be asked.
    package func confirm(_ question: String, asking: (@Sendable (String) async throws -> String)?) async throws {
        if isConfirmed { return }
        guard let asking else {
            throw Refusal("\(question) There is no terminal to ask at: confirm with --yes; nothing was done")
        }
        let answer: String
        do {
            answer = try await asking("\(question) [y/N] ")
        } catch is CancellationError {
            throw Refusal("nothing was done")
        }
        guard ["y", "yes"].contains(answer.lowercased()) else { throw Refusal("nothing was done") }
    }
}

/// Asks on the terminal; cancelling the task ends the wait.
@Sendable private func ask(_ text: String) async throws -> String {
    printError(text, terminator: "")
    let stop = try Wakeup()
    let bytes = try await withTaskCancellationHandler {
        try await offload { try readLine(until: stop) }
    } onCancel: {
        stop.signal()
    }
    return String(decoding: bytes, as: UTF8.self).trimmed
}

private func readLine(until stop: Wakeup) throws -> [UInt8] {
    var line: [UInt8] = []
    while true {
        var wanted = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        if poll(&wanted, nfds_t(wanted.count), -1) < 0 {
            if errno == EINTR { continue }
            throw SystemError("wait for an answer")
        }
        if wanted[1].revents != 0 { throw CancellationError() }
        var byte: UInt8 = 0
        let count = read(STDIN_FILENO, &byte, 1)
        if count < 0, errno == EINTR { continue }
        if count <= 0 || byte == UInt8(ascii: "\n") { return line }
        line.append(byte)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
