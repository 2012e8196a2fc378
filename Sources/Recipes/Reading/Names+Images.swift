import Documents

extension Names {
    /// Whether a text is one component of an image's name, such as `minke` or `nova-api`: lower-case letters and
    /// digits, separated by one `.`, one or two `_`, or hyphens.
    static func isImagePart(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        let separators = text.utf8.split(whereSeparator: isAlphanumeric)
        return separators.allSatisfy { run in
            let kind = run.first ?? 0
            guard run.allSatisfy({ $0 == kind }) else { return false }
            switch kind {
            case UInt8(ascii: "-"): return true
            case UInt8(ascii: "."): return run.count == 1
            case UInt8(ascii: "_"): return run.count <= 2
            default: return false
            }
        }
    }

    /// Whether a text is the path of an image's name: components separated by slashes.
    static func isImagePath(_ text: Substring) -> Bool {
        text.utf8.count <= 200 && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isImagePart)
    }

    /// Whether a text is a registry, such as `registry.example.com:5000`, with or without a path after it.
    static func isRegistry(_ text: Substring) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !isImagePath(parts[1]) { return false }
        let address = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard isHostName(String(address[0])) else { return false }
        return address.count == 1 || address.count == 2 && UInt16(decimal: address[1]).map { $0 > 0 } ?? false
    }

    /// Whether a text is the reference of an image, with or without a tag or a digest.
    static func isImageReference(_ text: String) -> Bool {
        let whole = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if whole.count == 2 {
            let digest = whole[1].split(separator: ":", omittingEmptySubsequences: false)
            guard digest.count == 2, digest[0] == "sha256", digest[1].utf8.count == 64,
                digest[1].allSatisfy({ $0.isHexDigit && !$0.isUppercase })
            else { return false }
        }
        var name = whole[0]
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            let tag = name[name.index(after: colon)...]
            guard (1...128).contains(tag.utf8.count), let first = tag.first, first != ".", first != "-",
                tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) })
            else { return false }
            name = name[..<colon]
        }
        if isImagePath(name) { return true }
        return name.contains("/") && isRegistry(name)
    }
}

extension NodeReader where Output == String {
    /// The address of a registry; empty for none.
    static var registry: Self {
        NodeReader<String>.text.mapped(
            expecting: "a registry's HOST or HOST:PORT, without a scheme, as registry.example.com:5000"
        ) { $0.isEmpty || Names.isRegistry($0[...]) ? $0 : nil }
    }

    /// The path before the recipe in images' names; empty for none.
    static var imagePath: Self {
        NodeReader<String>.text.mapped(
            expecting: "small letters and digits, with dots, hyphens, underscores or slashes between them"
        ) { $0.isEmpty || Names.isImagePath($0[...]) ? $0 : nil }
    }

    static var imageReference: Self {
        NodeReader<String>.text.mapped(expecting: "an image's name, as debian:bookworm") {
            Names.isImageReference($0) ? $0 : nil
        }
    }
}
