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

    /// Texts as they are.
    public static let plain = Style(isColoured: false)

    public let isColoured: Bool

    public init(isColoured: Bool) { self.isColoured = isColoured }

    /// What suits a stream: coloured on a terminal that can, unless `NO_COLOR` is set.
    public init(for stream: Terminal.Stream) {
        isColoured = Terminal.wantsColour(on: stream)
    }

    /// The text in a colour, or as it is.
    public func paint(_ text: String, _ colour: Colour?) -> String {
        guard isColoured, let colour, !text.isEmpty else { return text }
        return "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m"
    }
}
