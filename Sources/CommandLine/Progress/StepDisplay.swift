import Model
import Synchronization
import System

/// A display of concurrent steps. On a terminal it has a line for each running step, below the finished ones. In a pipe
/// it prints a line for each finished step, and for a long one also a line with its output or the event that it waits
/// for.
///
/// Its methods can be called from any thread. `close` must be called at the end; steps that still run then count as
/// stopped.
public final class StepDisplay: Sendable {
    /// A step that was begun.
    public struct Step: Sendable, Hashable {
        package let number: Int
        /// The title, such as `create keystone1`.
        public let title: String
    }

    /// The outcome of a step.
    public enum Outcome: Sendable, Hashable {
        /// The step is done, with a note if there is something to add, such as `pushed`.
        case done(String? = nil)
        case failed(String)
        case stopped

        /// The outcome for an error: `stopped` if it only says that the task was cancelled, else `failed`.
        public static func failed(_ error: any Error) -> Outcome {
            error is CancellationError ? .stopped : .failed("\(error)")
        }
    }

    private struct State {
        package var region = LiveRegion()
        package var nextNumber = 0
        package var finished = 0
        package var expected: Int?
        package var ticker: Task<Void, Never>?
        package var isClosed = false
    }

    private let state = Mutex(State())
    private let screen: StepScreen
    private let style: Style
    private let showsOutput: Bool
    private let tellsAfter: Duration

    /// Creates a display on a standard stream.
    ///
    /// - Parameters:
    ///   - showsOutput: whether a pipe gets the output of steps as well, each line after its step's title.
    ///   - tellsAfter: the time after which a pipe gets a line about a running step; zero for a line when each begins.
    public convenience init(
        _ stream: Terminal.Stream = .output, showsOutput: Bool = false, tellsAfter: Duration = .seconds(10)
    ) {
        self.init(
            screen: .of(stream), style: Style(for: stream), showsOutput: showsOutput, tellsAfter: tellsAfter)
    }

    package init(
        screen: StepScreen, style: Style = .plain, showsOutput: Bool = false, tellsAfter: Duration = .seconds(10)
    ) {
        self.tellsAfter = tellsAfter
        self.screen = screen
        self.style = style
        self.showsOutput = showsOutput
    }

    deinit { state.withLock { $0.ticker?.cancel() } }

    /// Sets the number of steps, with which a terminal shows the progress.
    public func expect(_ count: Int) {
        state.withLock { state in
            state.expected = count
            redraw(&state)
        }
    }

    /// Begins a step.
    public func begin(_ title: String) -> Step {
        state.withLock { state in
            let step = Step(number: state.nextNumber, title: title)
            state.nextNumber += 1
            let tells = !screen.isLive && tellsAfter == .zero
            var line = LiveRegion.Line(step: step, start: screen.now())
            if tells { line.told = ("", line.start) }
            state.region.running.append(line)
            if tells { screen.write("begun \(title)\n") }
            if state.ticker == nil, !state.isClosed { state.ticker = startTicker() }
            redraw(&state)
            return step
        }
    }

    /// Adds a line to a running step's output; a terminal shows the last one beside the step.
    public func say(_ text: String, of step: Step) {
        state.withLock { state in
            if !screen.isLive, showsOutput {
                screen.write("\(step.title): \(text)\n")
                return
            }
            guard let index = state.region.running.firstIndex(where: { $0.step == step }) else { return }
            // Drawn at the next tick, since output may come faster than anyone reads.
            state.region.running[index].say(text, now: screen.now())
        }
    }

    /// Ends a step.
    public func end(_ step: Step, _ outcome: Outcome = .done()) {
        state.withLock { state in
            guard let index = state.region.running.firstIndex(where: { $0.step == step }) else { return }
            let start = state.region.running.remove(at: index).start
            state.finished += 1
            redraw(&state, above: line(step, outcome, after: screen.now() - start))
        }
    }

    /// Runs `body` as a step.
    public func run<T: Sendable>(
        _ title: String, isolation: isolated (any Actor)? = #isolation, _ body: (Step) async throws -> T
    ) async throws -> T {
        let step = begin(title)
        do {
            let result = try await body(step)
            end(step)
            return result
        } catch {
            end(step, .failed(error))
            throw error
        }
    }

    /// Prints a line above the running steps.
    public func note(_ text: String) {
        state.withLock { redraw(&$0, above: text) }
    }

    /// Ends the display; steps that still run are shown as stopped.
    public func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            state.ticker?.cancel()
            let running = state.region.running
            state.region.running = []
            state.expected = nil
            let lines = running.map { line($0.step, .stopped, after: screen.now() - $0.start) }
            redraw(&state, above: lines.isEmpty ? nil : lines.joined(separator: "\n"))
        }
    }

    package func tick() {
        state.withLock { state in
            if screen.isLive { return redraw(&state) }
            let now = screen.now()
            for (index, line) in state.region.running.enumerated() {
                if let told = line.told {
                    // A step gets another line if it has done something else for the same time again.
                    guard tellsAfter > .zero, line.said != told.text, now - max(told.time, line.since) >= tellsAfter
                    else { continue }
                } else if now - line.start < tellsAfter {
                    continue
                }
                state.region.running[index].told = (line.said, now)
                let time = (now - line.start).words()
                screen.write("running \(line.step.title) (\(time))\(line.said.isEmpty ? "" : ": \(line.said)")\n")
            }
        }
    }

    private func redraw(_ state: inout State, above text: String? = nil) {
        guard screen.isLive else {
            if let text { screen.write(text + "\n") }
            return
        }
        let progress = state.expected.map { "\(state.finished) of \($0) done" }
        let drawing = state.region.draw(above: text, progress: progress, on: screen.size(), now: screen.now(), style)
        if !drawing.isEmpty { screen.write(drawing) }
    }

    private func line(_ step: Step, _ outcome: Outcome, after time: Duration) -> String {
        let (word, colour, note): (String, Style.Colour, String?) =
            switch outcome {
            case .done(let note): ("done", .green, note)
            case .failed(let reason): ("failed", .red, reason)
            case .stopped: ("stopped", .yellow, nil)
            }
        return "\(style.paint(word, colour)) \(step.title) (\(time.words()))" + (note.map { ": \($0)" } ?? "")
    }

    private func startTicker() -> Task<Void, Never> {
        let interval = Duration.milliseconds(screen.isLive ? 200 : 1000)
        return Task { [weak self] in
            while (try? await Task.sleep(for: interval)) != nil { self?.tick() }
        }
    }
}
