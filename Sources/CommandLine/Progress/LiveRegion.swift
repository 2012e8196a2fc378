import Model

/// The last lines of a terminal, which show the running steps and are redrawn again and again.
package struct LiveRegion: Sendable {
    /// A running step.
    package struct Line: Sendable {
        package let step: StepDisplay.Step
        package let start: Duration
        /// The last line of the step's output, or the event that the step waits for.
        private(set) var said = ""
        /// The time at which `said` last changed.
        private(set) var since: Duration
        /// The text of the last line about the step in a log, and its time; nil if the log has none yet.
        package var told: (text: String, time: Duration)?

        package init(step: StepDisplay.Step, start: Duration) {
            self.step = step
            self.start = start
            since = start
        }

        package mutating func say(_ text: String, now: Duration) {
            if text == said { return }
            said = text
            since = now
        }
    }

    /// The time after which a running step's output is shown: most steps end before anyone has read it.
    package static let patience = Duration.seconds(2)

    /// The running steps, in the order in which they began.
    package var running: [Line] = []
    private var drawn: [String] = []

    /// Draws the region again, with `text` above it, and returns the output for that; empty if nothing has changed.
    package mutating func draw(
        above text: String?, progress: String?, on size: (rows: Int, columns: Int), now: Duration, _ style: Style
    ) -> String {
        let lines = lines(progress: progress, on: size, now: now, style)
        if text == nil, lines == drawn { return "" }
        var output = ""
        // Moves up to the region's first line and erases everything from there on (ECMA-48: CUU, ED).
        if !drawn.isEmpty { output += "\u{1b}[\(drawn.count)A\r\u{1b}[J" }
        if let text { output += text + "\n" }
        for line in lines { output += line + "\n" }
        drawn = lines
        return output
    }

    private func lines(
        progress: String?, on size: (rows: Int, columns: Int), now: Duration, _ style: Style
    ) -> [String] {
        guard !running.isEmpty else { return [] }
        // One line stays free for the cursor; a taller region could not be erased.
        let room = max(1, size.rows - 1 - (progress == nil ? 0 : 1))
        let isCut = running.count > room
        let shown = isCut ? max(0, room - 1) : running.count
        var lines = running.prefix(shown).map { line in
            let seconds = (now - line.start).words(fractions: false)
            let head = cut("\(line.step.title)  \(seconds)", to: size.columns - 1)
            let left = size.columns - 1 - head.count - 2
            let isLong = now - line.start >= Self.patience
            return isLong && left > 10 && !line.said.isEmpty
                ? head + "  " + style.paint(cut(line.said, to: left), .dim) : head
        }
        if isCut { lines.append(cut("and \(running.count - shown) more", to: size.columns - 1)) }
        if let progress { lines.append(style.paint(cut(progress, to: size.columns - 1), .bold)) }
        return lines
    }

    /// The text without control characters, cut to `width` columns.
    private func cut(_ text: String, to width: Int) -> String {
        let clean = String(text.map { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
        if clean.count <= width { return clean }
        return clean.prefix(max(0, width - 1)) + "…"
    }
}
