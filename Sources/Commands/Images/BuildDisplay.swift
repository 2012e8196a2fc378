import Building
import CommandLine
import Synchronization
import System

/// An observer that shows builds as steps.
final class BuildDisplay: BuildObserver {
    private struct Running {
        let step: StepDisplay.Step
        var unfinishedLine = ""
    }

    private let display: StepDisplay
    private let running = Mutex<[String: Running]>([:])

    init(_ arguments: ParsedArguments) {
        display = StepDisplay(.errors, showsOutput: arguments.isVerbose, tellsAfter: .zero)
    }

    func observe(_ event: BuildEvent) {
        switch event {
        case .planned(let builds, let present):
            display.note("\(builds.count) to build, \(present) up to date")
            display.expect(builds.count)
        case .started(let name):
            let step = display.begin(name)
            running.withLock { $0[name] = Running(step: step) }
        case .output(let name, let text):
            say(text, of: name)
        case .built(let name, _, let bytes):
            end(name, .done(megabytes(bytes)))
        case .failed(let failure):
            end(failure.recipe, .failed(failure.description))
        case .skipped(let name, let cause):
            display.note("skipped \(name): \(cause) failed")
        case .note(let text):
            display.note(text)
        }
    }

    func finish() { display.close() }

    private func end(_ name: String, _ outcome: StepDisplay.Outcome) {
        if let step = running.withLock({ $0.removeValue(forKey: name) })?.step { display.end(step, outcome) }
    }

    private func say(_ text: String, of name: String) {
        let (step, lines) = running.withLock { running -> (StepDisplay.Step?, [String]) in
            guard var entry = running[name] else { return (nil, []) }
            var lines = (entry.unfinishedLine + text).split(omittingEmptySubsequences: false) { $0.isNewline }
            entry.unfinishedLine = lines.popLast().map { String($0) } ?? ""
            running[name] = entry
            return (entry.step, lines.filter { !$0.allSatisfy(\.isWhitespace) }.map(String.init))
        }
        guard let step else { return }
        for line in lines { display.say(line, of: step) }
    }
}
