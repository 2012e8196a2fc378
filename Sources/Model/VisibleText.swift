/// Forms of texts for messages, which name the characters that cannot be seen.
public enum VisibleText {
    /// The text with `U+00A0` in place of a no-break space, and likewise for all characters that cannot be seen or told
    /// from a blank.
    public static func of(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) { visible += name(of: scalar) } else { visible.unicodeScalars.append(scalar) }
        }
        return visible
    }

    /// The character as a message names it: itself, or `U+` and its number where it cannot be seen.
    public static func name(of scalar: Unicode.Scalar) -> String {
        scalar != " " && scalar != "\n" && !isHidden(scalar) ? "\(scalar)" : codePoint(of: scalar)
    }

    /// The number of a character as Unicode writes it, such as U+00A0.
    public static func codePoint(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The first character that cannot be seen, with its position counted from one.
    public static func firstHidden(in text: String) -> (position: Int, name: String)? {
        for (index, scalar) in text.unicodeScalars.enumerated() where isHidden(scalar) {
            return (index + 1, name(of: scalar))
        }
        return nil
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " || scalar == "\n" { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
            .surrogate:
            return true
        default: return false
        }
    }
}
