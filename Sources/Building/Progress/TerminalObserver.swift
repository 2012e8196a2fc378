import Model
import Synchronization
import System

/// On a terminal: what is done scrolls by, and below it is a line for each running build.
public final class TerminalObserver: BuildObserver {
    private struct Running {
        let name: String
        let start: ContinuousClock.Instant
        var line = ""
    }

    private struct State {
        var running: [Running] = []
        var shownLines = 0
        var left = 0
        var isFinished = false
    }

    private let state = Mutex(State())
    private let colours: Bool
    private let clock = ContinuousClock()

    public init() {
        colours = Terminal.wantsColour(on: .errors)
        Task { [weak self] in
            while self?.redraw() ?? false { try? await Task.sleep(for: .milliseconds(200)) }
        }
    }

    public func observe(_ event: BuildEvent) {
        state.withLock { state in
            switch event {
            case .planned(let builds, let present):
                state.left = builds.count
                if !builds.isEmpty { show("\(builds.count) to build, \(present) up to date", &state) }
            case .started(let name):
                state.running.append(Running(name: name, start: clock.now))
                draw(&state)
            case .output(let name, let text):
                guard let index = state.running.firstIndex(where: { $0.name == name }) else { return }
                let last = text.split { $0.isNewline }.last { !$0.allSatisfy(\.isWhitespace) }
                if let last { state.running[index].line = printable(last) }
            case .built(let name, let seconds, let bytes):
                end(name, &state)
                show("\(paint("✓", 32)) \(name)  \(tenths(seconds)) s  \(megabytes(bytes))", &state)
            case .failed(let failure):
                end(failure.recipe, &state)
                show("\(paint("✗", 31)) \(failure.recipe)", &state)
                show(failure.description, &state)
            case .skipped(let name, let cause):
                state.left -= 1
                show("\(paint("-", 33)) \(name)  skipped, \(cause) failed", &state)
            case .note(let text):
                show(text, &state)
            }
        }
    }

    public func finish() {
        state.withLock { state in
            erase(&state)
            state.isFinished = true
        }
    }

    private func redraw() -> Bool {
        state.withLock { state in
            if !state.isFinished { draw(&state) }
            return !state.isFinished
        }
    }

    private func end(_ name: String, _ state: inout State) {
        state.running.removeAll { $0.name == name }
        state.left -= 1
    }

    private func show(_ text: String, _ state: inout State) {
        erase(&state)
        printError(text)
        draw(&state)
    }

    private func erase(_ state: inout State) {
        if state.shownLines > 0 { printError("\u{1b}[\(state.shownLines)F\u{1b}[J", terminator: "") }
        state.shownLines = 0
    }

    private func draw(_ state: inout State) {
        let width = max(20, (Terminal.width(of: .errors) ?? 80) - 1)
        var lines = state.running.map { running -> String in
            let seconds = running.start.duration(to: clock.now).seconds
            let time = String(repeating: " ", count: max(0, 6 - tenths(seconds).count)) + tenths(seconds)
            return String("\(time) s  \(running.name)  \(running.line)".prefix(width))
        }
        let waiting = state.left - state.running.count
        if waiting > 0, !lines.isEmpty { lines.append("          \(waiting) more to build") }
        // One write, so that the terminal never shows half of it.
        let up = state.shownLines > 0 ? "\u{1b}[\(state.shownLines)F\u{1b}[J" : ""
        let text = up + lines.map { $0 + "\n" }.joined()
        if !text.isEmpty { printError(text, terminator: "") }
        state.shownLines = lines.count
    }

    private func paint(_ text: String, _ code: Int) -> String { colours ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }

    /// Without control characters, which would move the cursor.
    private func printable(_ text: Substring) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    }
}
