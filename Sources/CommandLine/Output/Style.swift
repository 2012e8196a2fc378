import System

/// The style of printed text: colours, if the stream shows them, and the width of tables.
public struct Style: Sendable {
    /// A colour or weight; the raw value is its SGR parameter (ECMA-48).
    public enum Colour: Int, Sendable {
        case bold = 1
        case dim = 2
        case red = 31
        case green = 32
        case yellow = 33
    }

    /// The style without colours and with tables as wide as they need.
    public static let plain = Style(isColoured: false)

    /// Whether texts are coloured.
    public let isColoured: Bool
    /// The width of tables, in columns; nil for as many as they need.
    public let width: Int?

    /// Creates a style.
    public init(isColoured: Bool, width: Int? = nil) {
        self.isColoured = isColoured
        self.width = width
    }

    /// The style for a stream: coloured on a terminal that supports it, unless `NO_COLOR` is set, and as wide as the
    /// terminal.
    ///
    /// - Parameter isWide: whether tables may be wider than the terminal.
    public init(for stream: Terminal.Stream, isWide: Bool = false) {
        isColoured = Terminal.wantsColour(on: stream)
        width = isWide ? nil : Terminal.width(of: stream)
    }

    /// The text in a colour; unchanged if the style or the argument has none.
    public func paint(_ text: String, _ colour: Colour?) -> String {
        guard isColoured, let colour, !text.isEmpty else { return text }
        return "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m"
    }
}
