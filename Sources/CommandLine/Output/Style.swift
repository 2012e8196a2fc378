import System

/// Colours and weights of texts, where the stream shows them.
public struct Style: Sendable {
    public enum Colour: Int, Sendable {
        case bold = 1
        case dim = 2
        case red = 31
        case green = 32
        case yellow = 33
    }

    /// A style that leaves texts as they are.
    public static let plain = Style(isColoured: false)

    public let isColoured: Bool
    /// The columns that tables have; nil for as many as they need.
    public let width: Int?

    public init(isColoured: Bool, width: Int? = nil) {
        self.isColoured = isColoured
        self.width = width
    }

    /// The style for a stream: coloured on a terminal that can, unless `NO_COLOR` is set, and as wide as the terminal.
    ///
    /// - Parameter isWide: whether tables are wider than the terminal where their cells are.
    public init(for stream: Terminal.Stream, isWide: Bool = false) {
        isColoured = Terminal.wantsColour(on: stream)
        width = isWide ? nil : Terminal.width(of: stream)
    }

    /// The text in a colour, or as it is.
    public func paint(_ text: String, _ colour: Colour?) -> String {
        guard isColoured, let colour, !text.isEmpty else { return text }
        return "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m"
    }
}
