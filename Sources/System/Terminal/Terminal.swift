import Glibc

/// The standard streams and the properties of their terminals.
public enum Terminal {
    /// A standard stream; the raw value is its descriptor.
    public enum Stream: Int32, Sendable {
        case input = 0
        case output = 1
        case errors = 2
    }

    /// Whether a standard stream is a terminal.
    public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    /// The number of the terminal's columns; nil if the stream is not a terminal.
    public static func width(of stream: Stream = .output) -> Int? { size(of: stream)?.columns }

    /// The numbers of the terminal's rows and columns; nil if the stream is not a terminal.
    public static func size(of stream: Stream = .output) -> (rows: Int, columns: Int)? {
        var size = winsize()
        guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_row), Int(size.ws_col))
    }

    /// Whether to use colours: on a terminal that has them, unless `NO_COLOR` is set (no-color.org).
    public static func wantsColour(on stream: Stream = .output) -> Bool {
        guard environmentVariable("NO_COLOR") == nil, isTerminal(stream) else { return false }
        return environmentVariable("TERM") != "dumb"
    }
}
