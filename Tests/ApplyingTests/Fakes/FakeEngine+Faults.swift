import Model
import System

@testable import Applying

/// The error of a fake engine, with words of its own.
struct EngineRefusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String = "the engine refuses") { self.description = description }
}

extension FakeEngine {
    /// An error of an operation: of the call with this number, counted from 1, or of every call.
    struct Fault: Sendable {
        let number: Int?
        let error: any Error
    }

    /// The answer of commands that begin with these words.
    struct Answer: Sendable {
        let words: String
        let body: @Sendable () async throws -> Execution
    }

    /// Has an operation fail: at the call with this number, counted from 1, or always.
    func fail(_ operation: Operation, call number: Int? = nil, with error: any Error = EngineRefusal()) {
        state.withLock { $0.faults[operation, default: []].append(Fault(number: number, error: error)) }
    }

    /// The number of calls of an operation.
    func count(_ operation: Operation) -> Int { state.withLock { $0.calls[operation] ?? 0 } }

    /// Changes a container each time that its condition is asked for, before the answer; the number counts from 1, and
    /// nil removes it.
    func atEachLook(at id: String, _ change: @escaping @Sendable (inout Container?, Int) -> Void) {
        state.withLock { $0.changes[id] = change }
    }

    /// Has commands that begin with these words end with a status; they succeed otherwise.
    func answer(_ words: String, status: Int, errors: String = "") {
        answer(words) { Execution(status: status, output: "", errors: errors) }
    }

    /// Has `body` answer commands that begin with these words.
    func answer(_ words: String, _ body: @escaping @Sendable () async throws -> Execution) {
        state.withLock { $0.answers.append(Answer(words: words, body: body)) }
    }

    /// Has the process of the container of this name end with a code; nil for never. It ends with 0 otherwise.
    func end(_ name: String, with code: Int?) { state.withLock { $0.exits[name] = .some(code) } }
}
