import Synchronization
import System

/// One line an event, for pipes and logs.
public final class PlainObserver: BuildObserver {
    private let showsOutput: Bool
    private let print: @Sendable (String) -> Void
    private let lines = Mutex<[String: String]>([:])

    /// - Parameter showsOutput: whether all that the builds write is shown, each line with its image's name.
    public init(showsOutput: Bool = false, print: @escaping @Sendable (String) -> Void = { printError($0) }) {
        self.showsOutput = showsOutput
        self.print = print
    }

    public func observe(_ event: BuildEvent) {
        switch event {
        case .planned(let builds, let present):
            if !builds.isEmpty {
                print("\(builds.count) to build, \(present) up to date: \(builds.joined(separator: " "))")
            }
        case .started(let name): print("\(name): started")
        case .output(let name, let text):
            if showsOutput { for line in completeLines(name, text) { print("\(name): \(line)") } }
        case .built(let name, let seconds, let bytes):
            print("\(name): built in \(tenths(seconds)) s, \(megabytes(bytes))")
        case .failed(let failure): print(failure.description)
        case .skipped(let name, let cause): print("\(name): skipped, \(cause) failed")
        case .note(let text): print(text)
        }
    }

    public func finish() {}

    private func completeLines(_ name: String, _ text: String) -> [String] {
        lines.withLock { lines in
            var parts = ((lines[name] ?? "") + text).split(omittingEmptySubsequences: false) { $0.isNewline }
            lines[name] = parts.popLast().map { String($0) } ?? ""
            return parts.map(String.init).filter { !$0.isEmpty }
        }
    }
}

/// A size as people read it.
func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
