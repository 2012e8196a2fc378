import Model

/// A point in time on a command line: a date (RFC 3339), seconds since 1970, or a time before now such as `10m`.
package enum Moment: Sendable, Hashable {
    /// A point in time, in milliseconds since 1970.
    case at(Int)
    case ago(milliseconds: Int)

    package init?(text: String) {
        if let date = Self.milliseconds(rfc3339: text) {
            self = .at(date)
        } else if let duration = Duration(text: text), !text.isEmpty {
            let milliseconds = Int((duration.seconds * 1000).rounded())
            self = text.last?.isLetter == true ? .ago(milliseconds: milliseconds) : .at(milliseconds)
        } else {
            return nil
        }
    }

    /// The point in time, in milliseconds since 1970.
    package func milliseconds(now: Int) -> Int {
        switch self {
        case .at(let moment): moment
        case .ago(let before): max(0, now - before)
        }
    }

    /// Parses `2026-01-31T12:00:00Z`, also with a fraction of a second and with an offset other than `Z`.
    private static func milliseconds(rfc3339 text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20 else { return nil }
        func number(_ start: Int, _ count: Int, in range: ClosedRange<Int>) -> Int? {
            guard start + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[start..<start + count] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte) - 48
            }
            return range.contains(value) ? value : nil
        }
        func has(_ characters: String, at index: Int) -> Bool {
            index < bytes.count && characters.utf8.contains(bytes[index])
        }
        guard let year = number(0, 4, in: 1970...9999), has("-", at: 4), let month = number(5, 2, in: 1...12),
            has("-", at: 7), let day = number(8, 2, in: 1...31), has("Tt ", at: 10),
            let hour = number(11, 2, in: 0...23), has(":", at: 13), let minute = number(14, 2, in: 0...59),
            has(":", at: 16), let second = number(17, 2, in: 0...60)
        else { return nil }
        var next = 19
        var fraction = 0
        if has(".", at: next) {
            let digits = bytes[(next + 1)...].prefix { (48...57).contains($0) }
            if digits.isEmpty { return nil }
            for place in 0..<3 {
                fraction = fraction * 10 + (place < digits.count ? Int(digits[digits.startIndex + place]) - 48 : 0)
            }
            next += 1 + digits.count
        }
        var offset = 0
        if has("Zz", at: next) {
            guard next + 1 == bytes.count else { return nil }
        } else {
            guard has("+-", at: next), let hours = number(next + 1, 2, in: 0...23), has(":", at: next + 3),
                let minutes = number(next + 4, 2, in: 0...59), next + 6 == bytes.count
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[next] == UInt8(ascii: "-") ? -60 : 60)
        }
        let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset
        return seconds * 1000 + fraction
    }

    /// The number of days from 1970-01-01 to a date of the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Counted from March, years have their leap day at the end.
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
