/// The encoding of a member's 512-byte ustar header, with a pax extended header before it if a value does not fit.
enum TarHeader {
    /// The number of null bytes that fill the last 512-byte block of a content.
    static func padding(_ size: Int) -> Int { (512 - size % 512) % 512 }

    static func bytes(of entry: TarEntry) throws -> [UInt8] {
        var path = entry.path
        var target = ""
        var size = 0
        let type: UInt8
        switch entry.kind {
        case .file(.bytes(let bytes)):
            size = bytes.count
            type = UInt8(ascii: "0")
        case .file(.file(_, let length)):
            size = length
            type = UInt8(ascii: "0")
        case .hardLink(let name):
            target = name
            type = UInt8(ascii: "1")
        case .link(let name):
            target = name
            type = UInt8(ascii: "2")
        case .directory:
            path += "/"
            type = UInt8(ascii: "5")
        }

        var extended: [UInt8] = []
        let split = splitPath(path)
        if split == nil { extended += record("path", path) }
        if target.utf8.count > 100 { extended += record("linkpath", target) }
        if size >= 1 << 33 { extended += record("size", String(size)) }
        if entry.user >= 1 << 21 { extended += record("uid", String(entry.user)) }
        if entry.group >= 1 << 21 { extended += record("gid", String(entry.group)) }

        var result: [UInt8] = []
        if !extended.isEmpty {
            result += block(name: "pax", prefix: "", type: UInt8(ascii: "x"), size: extended.count, mode: 0o644)
            result += extended + [UInt8](repeating: 0, count: padding(extended.count))
        }
        result += block(
            name: split?.name ?? String(decoding: Array(path.utf8.prefix(100)), as: UTF8.self),
            prefix: split?.prefix ?? "", type: type, size: size, mode: entry.mode, target: target, user: entry.user,
            group: entry.group, modified: entry.modified)
        return result
    }

    /// The path split into the header's two fields; nil if it does not fit into them.
    private static func splitPath(_ path: String) -> (prefix: String, name: String)? {
        let bytes = Array(path.utf8)
        if bytes.count <= 100 { return ("", path) }
        for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "/") {
            if index <= 155, index > 0, bytes.count - index - 1 <= 100 {
                return (
                    String(decoding: bytes[..<index], as: UTF8.self),
                    String(decoding: bytes[(index + 1)...], as: UTF8.self)
                )
            }
        }
        return nil
    }

    /// A pax record, `LENGTH KEY=VALUE\n`, whose length counts itself.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while String(length).utf8.count + rest.utf8.count != length {
            length = String(length).utf8.count + rest.utf8.count
        }
        return Array("\(length)\(rest)".utf8)
    }

    private static func block(
        name: String, prefix: String, type: UInt8, size: Int, mode: UInt32, target: String = "", user: Int = 0,
        group: Int = 0, modified: Int = 0
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Sequence<UInt8>, at start: Int, width: Int) {
            for (offset, byte) in bytes.prefix(width).enumerated() { block[start + offset] = byte }
        }
        func put(_ number: Int, at start: Int, digits: Int) {
            let limit = (1 << (3 * digits)) - 1
            let text = String(min(max(0, number), limit), radix: 8)
            put(String(repeating: "0", count: digits - text.count).utf8 + Array(text.utf8), at: start, width: digits)
        }
        put(name.utf8, at: 0, width: 100)
        put(Int(mode & 0o7777), at: 100, digits: 7)
        put(user < 1 << 21 ? user : 0, at: 108, digits: 7)
        put(group < 1 << 21 ? group : 0, at: 116, digits: 7)
        put(size < 1 << 33 ? size : 0, at: 124, digits: 11)
        put(modified, at: 136, digits: 11)
        put([UInt8](repeating: 0x20, count: 8), at: 148, width: 8)
        block[156] = type
        put(target.utf8, at: 157, width: 100)
        put("ustar\u{0}00".utf8, at: 257, width: 8)
        put(0, at: 329, digits: 7)
        put(0, at: 337, digits: 7)
        put(prefix.utf8, at: 345, width: 155)
        put(block.reduce(0) { $0 + Int($1) }, at: 148, digits: 6)
        block[154] = 0
        return block
    }
}

private func + (left: String.UTF8View, right: [UInt8]) -> [UInt8] { Array(left) + right }
