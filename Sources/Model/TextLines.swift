/// The lines of a text without their ends, which are LF or CRLF; a text that ends with one has an empty last line.
///
/// `"\r\n"` is one `Character`, which is not equal to `"\n"`: `split(separator:)` would not see it.
public func textLines(_ text: some StringProtocol) -> [Substring] {
    Substring(text).utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
        Substring(line.last == 13 ? line.dropLast() : line)
    }
}
