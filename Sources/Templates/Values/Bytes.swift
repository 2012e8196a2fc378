/// Searching and replacing in the UTF-8 of strings, which is exact and fast.
enum Bytes {
    static func contains(_ text: String, _ part: String) -> Bool {
        part.isEmpty || find(Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }

    /// The index of the first occurrence of `part` at or after `start`; nil where there is none.
    static func find(_ part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start <= text.count ? start : nil }
        var index = start
        let last = text.count - part.count
        while index <= last {
            if text[index] == first {
                var length = 1
                while length < part.count, text[index + length] == part[length] { length += 1 }
                if length == part.count { return index }
            }
            index += 1
        }
        return nil
    }

    /// The text with the first `limit` occurrences of `old` replaced, or all where `limit` is nil.
    static func replace(_ text: String, _ old: String, _ new: String, limit: Int? = nil) throws -> String {
        if old.isEmpty { return try replaceBetween(text, new, limit: limit) }
        let bytes = Array(text.utf8)
        let part = Array(old.utf8)
        var result: [UInt8] = []
        var copied = 0
        var count = 0
        while limit.map({ count < $0 }) ?? true, let place = find(part, in: bytes, from: copied) {
            result.append(contentsOf: bytes[copied..<place])
            result.append(contentsOf: new.utf8)
            try Limits.check(bytes: result.count)
            copied = place + part.count
            count += 1
        }
        if count == 0 { return text }
        result.append(contentsOf: bytes[copied...])
        try Limits.check(bytes: result.count)
        return String(decoding: result, as: UTF8.self)
    }

    /// Replaces the empty string as Python does: `new` is put before every character and at the end.
    private static func replaceBetween(_ text: String, _ new: String, limit: Int?) throws -> String {
        try Limits.check(bytes: Limits.product(new.utf8.count, text.utf8.count + 1))
        var result = ""
        var remaining = limit ?? Int.max
        for scalar in text.unicodeScalars {
            if remaining > 0 { result += new }
            remaining -= 1
            result.unicodeScalars.append(scalar)
        }
        return remaining > 0 ? result + new : result
    }

    /// Splits a text at a separator as Python's `split` does, `limit` times at most where that is not negative.
    static func split(_ text: String, at separator: String, limit: Int) throws -> [String] {
        let bytes = Array(text.utf8)
        let part = Array(separator.utf8)
        if part.isEmpty { throw Failure("split() cannot separate at an empty string") }
        var pieces: [String] = []
        var start = 0
        while limit < 0 || pieces.count < limit, let place = find(part, in: bytes, from: start) {
            pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + part.count
        }
        pieces.append(String(decoding: bytes[start...], as: UTF8.self))
        try Limits.check(elements: pieces.count)
        return pieces
    }
}
