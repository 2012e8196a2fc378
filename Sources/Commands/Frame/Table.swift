/// Rows with aligned columns: headings in bold on a terminal, the same text without it in a pipe.
public struct Table: Sendable {
    /// A cell, with the colour that it has on a terminal.
    public struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        public var text: String
        public var colour: Style.Colour?

        public init(_ text: String, _ colour: Style.Colour? = nil) {
            self.text = text
            self.colour = colour
        }

        public init(stringLiteral value: String) { self.init(value) }
    }

    public let headings: [String]
    public private(set) var rows: [[Cell]] = []

    public init(_ headings: [String]) { self.headings = headings }

    /// Adds a row; cells that are missing at its end are empty.
    public mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// Adds a row of plain texts.
    public mutating func add(_ texts: [String]) { rows.append(texts.map { Cell($0) }) }

    /// The lines, headings first, without spaces at their ends.
    public func text(_ style: Style = .plain) -> String {
        let all = [headings.map { Cell($0, .bold) }] + rows
        var widths: [Int] = []
        for row in all {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.count)
            }
        }
        return all.map { line($0, widths, style) }.joined(separator: "\n")
    }

    private func line(_ row: [Cell], _ widths: [Int], _ style: Style) -> String {
        var line = ""
        var gap = 0
        for (column, cell) in row.enumerated() {
            if !cell.text.isEmpty {
                line += String(repeating: " ", count: gap) + style.paint(cell.text, cell.colour)
                gap = 0
            }
            gap += widths[column] - cell.text.count + 2
        }
        return line
    }
}
