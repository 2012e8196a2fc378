import Glibc

/// Checks of addresses, host names and URIs by the rules of oslo.config.
enum NetworkText {
    /// Whether a text is an IP address in the notation of `inet_pton`; without a version, IPv4 or IPv6.
    static func isAddress(_ text: String, version: Int?) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        return version != 6 && inet_pton(AF_INET, text, &address) == 1
            || version != 4 && inet_pton(AF_INET6, text, &address) == 1
    }

    /// Whether a text is a host name by RFC 1123, also with `_` where underscores are allowed. The last label needs a
    /// letter or hyphen: otherwise the text is taken for a mistyped address.
    static func isHostName(_ text: String, hasUnderscores: Bool) -> Bool {
        guard (1...253).contains(text.unicodeScalars.count) else { return false }
        let labels = (text.hasSuffix(".") ? text.dropLast() : text[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, last.utf8.contains(where: { isLetter($0) || $0 == UInt8(ascii: "-") }) else {
            return false
        }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { byte in
                    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
                        || hasUnderscores && byte == UInt8(ascii: "_")
                }
        }
    }

    /// Whether a text has a scheme and a host, as oslo.config requires of a URI (RFC 3986). Unlike there, the rest of
    /// the URI is not checked.
    static func isURI(_ text: String, schemes: [String]) -> Bool {
        guard let colon = text.firstRange(of: "://") else { return false }
        let (scheme, rest) = (text[..<colon.lowerBound], text[colon.upperBound...])
        guard let first = scheme.utf8.first, isLetter(first),
            scheme.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) })
        else { return false }
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return !host.isEmpty && !host.hasPrefix(":") && !text.contains(where: \.isWhitespace)
            && (schemes.isEmpty || schemes.contains(scheme.lowercased()))
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
