import Model
import TestTools

extension SeededGenerator {
    /// A text of characters that have a meaning in the formats.
    mutating func text() -> String {
        let alphabet = Array("ab01 \n\t:#-?,[]{}&*!|>'\"%@`=;~.$\\é\u{85}\u{2028}\u{1b}\u{1F600}".unicodeScalars)
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &self) {
            if let scalar = alphabet.randomElement(using: &self) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    mutating func value(depth: Int) -> Value {
        switch Int.random(in: 0...(depth > 0 ? 8 : 5), using: &self) {
        case 0: return nil
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .int(Int.random(in: -1_000_000...1_000_000, using: &self))
        case 3: return .double(Double(Int.random(in: -1000...1000, using: &self)) * 1.0e18)
        case 4, 5: return .string(text())
        case 6:
            return .list((0..<Int.random(in: 0...3, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            return .map(
                ValueMap((0..<Int.random(in: 0...3, using: &self)).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }
}
