/// Whitespace by the rules of Python's `str`, in UTF-8 bytes.
enum Whitespace {
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    static func isSpace(ascii byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
    }

    /// The number of bytes of the whitespace character that starts at `index`; 0 where none does.
    static func length(_ bytes: [UInt8], at index: Int) -> Int {
        guard index < bytes.count else { return 0 }
        let byte = bytes[index]
        if byte < 0x80 { return isSpace(ascii: byte) ? 1 : 0 }
        for size in 2...3 where index + size <= bytes.count {
            if isWideSpace(bytes[index..<index + size]) { return size }
        }
        return 0
    }

    /// The first index from `start` on at which no whitespace character starts.
    static func skip(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while true {
            let size = length(bytes, at: index)
            if size == 0 { return index }
            index += size
        }
    }

    /// The end of `range` without its trailing whitespace.
    static func trimEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            if isSpace(ascii: bytes[end - 1]) {
                end -= 1
            } else if end - range.lowerBound >= 2, isWideSpace(bytes[end - 2..<end]) {
                end -= 2
            } else if end - range.lowerBound >= 3, isWideSpace(bytes[end - 3..<end]) {
                end -= 3
            } else {
                break
            }
        }
        return end
    }

    private static func isWideSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
        switch (bytes.count, bytes[bytes.startIndex], bytes[bytes.startIndex + 1]) {
        case (2, 0xC2, 0x85), (2, 0xC2, 0xA0): return true
        case (3, 0xE1, 0x9A), (3, 0xE2, 0x80), (3, 0xE2, 0x81), (3, 0xE3, 0x80):
            return String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(isSpace)
        default: return false
        }
    }
}
