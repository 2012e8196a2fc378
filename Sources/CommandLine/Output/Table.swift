/// A table with aligned columns. On a terminal, headings are bold and cells are cut to fit; in a pipe, nothing is cut.
public struct Table: Sendable {
    /// A cell, with its colour on a terminal.
    public struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        /// The content.
        public var text: String
        /// The colour on a terminal; nil for the default one.
        public var colour: Style.Colour?

        /// Creates a cell.
        public init(_ text: String, _ colour: Style.Colour? = nil) {
            self.text = text
            self.colour = colour
        }

        /// Creates a cell without a colour.
        public init(stringLiteral value: String) { self.init(value) }

        /// The cell, cut to a width, with an ellipsis at its end if it is wider.
        fileprivate func cut(to width: Int) -> Cell {
            text.count <= width ? self : Cell(text.prefix(max(0, width - 1)) + "…", colour)
        }
    }

    /// The headings of the columns.
    public let headings: [String]
    /// The rows below the headings.
    public private(set) var rows: [[Cell]] = []

    /// Creates a table without rows.
    public init(_ headings: [String]) { self.headings = headings }

    /// Adds a row; missing cells at its end are empty.
    public mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// Adds a row of plain texts.
    public mutating func add(_ texts: [String]) { rows.append(texts.map { Cell($0) }) }

    /// The lines, headings first, without trailing spaces.
    public func text(_ style: Style = .plain) -> String {
        let all = [headings.map { Cell($0, .bold) }] + rows
        var widths: [Int] = []
        for row in all {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.count)
            }
        }
        if let limit = style.width { fit(&widths, into: limit) }
        return all.map { row in line(row.enumerated().map { $1.cut(to: widths[$0]) }, widths, style) }
            .joined(separator: "\n")
    }

    /// Narrows the widest columns until a line fits, but none below its heading and 8 characters.
    private func fit(_ widths: inout [Int], into limit: Int) {
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - limit
        while excess > 0 {
            let room = widths.enumerated().map { index, width in
                width - max(8, index < headings.count ? headings[index].count : 0)
            }
            guard let column = widths.indices.filter({ room[$0] > 0 }).max(by: { widths[$0] < widths[$1] }) else {
                return
            }
            widths[column] -= 1
            excess -= 1
        }
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
