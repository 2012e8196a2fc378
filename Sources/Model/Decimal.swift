extension FixedWidthInteger {
    /// The number that a text of ASCII digits alone says; nil for any other text, with a sign among them, and for a
    /// number that is too large.
    public init?(decimal text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self.init(text)
    }
}
