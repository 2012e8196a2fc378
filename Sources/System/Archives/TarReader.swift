/// A reader of tar archives: POSIX ustar with pax headers, and GNU tar's long names.
public enum TarReader {
    /// Reads all members of an archive; devices and other special files are left out.
    ///
    /// - Throws: `TarError` if the archive is damaged or ends inside a member.
    public static func entries(_ bytes: [UInt8]) throws -> [TarEntry] {
        var entries: [TarEntry] = []
        var position = 0
        var extended: [String: String] = [:]
        while position + 512 <= bytes.count {
            let block = bytes[position..<(position + 512)]
            if block.allSatisfy({ $0 == 0 }) { break }
            try checkSum(block)
            let start = position + 512
            let size = try extended["size"].flatMap { Int($0) } ?? number(block, 124, 12)
            guard size >= 0, size <= bytes.count - start else {
                throw TarError("the archive ends inside a member")
            }
            let content = bytes[start..<(start + size)]
            position = start + size + TarHeader.padding(size)
            switch field(block, 156, 1).first.map({ Character(Unicode.Scalar($0)) }) ?? "0" {
            case "x":
                extended.merge(try records(content)) { _, new in new }
                continue
            case "g":
                continue
            case "L":
                extended["path"] = text(content)
                continue
            case "K":
                extended["linkpath"] = text(content)
                continue
            case let type:
                if let entry = try entry(block, type: type, content: content, extended) { entries.append(entry) }
                extended = [:]
            }
        }
        return entries
    }

    private static func entry(
        _ block: ArraySlice<UInt8>, type: Character, content: ArraySlice<UInt8>, _ extended: [String: String]
    ) throws -> TarEntry? {
        let prefix = text(field(block, 345, 155))
        let name = text(field(block, 0, 100))
        var path = extended["path"] ?? (prefix.isEmpty ? name : "\(prefix)/\(name)")
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let target = extended["linkpath"] ?? text(field(block, 157, 100))
        let kind: TarEntry.Kind
        switch type {
        case "0", "7", "\0": kind = .file(.bytes(Array(content)))
        case "1": kind = .hardLink(target)
        case "2": kind = .link(target)
        case "5": kind = .directory
        default: return nil
        }
        return TarEntry(
            path, kind, mode: UInt32(try number(block, 100, 8) & 0o7777),
            user: try extended["uid"].flatMap { Int($0) } ?? number(block, 108, 8),
            group: try extended["gid"].flatMap { Int($0) } ?? number(block, 116, 8),
            modified: try extended["mtime"].flatMap { Double($0).flatMap { Int(exactly: $0.rounded(.down)) } }
                ?? number(block, 136, 12))
    }

    /// The bytes of a field up to the null byte that ends it.
    private static func field(_ block: ArraySlice<UInt8>, _ start: Int, _ width: Int) -> ArraySlice<UInt8> {
        block[(block.startIndex + start)..<(block.startIndex + start + width)].prefix { $0 != 0 }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The number in a field: octal digits, or GNU's binary encoding of large numbers.
    private static func number(_ block: ArraySlice<UInt8>, _ start: Int, _ width: Int) throws -> Int {
        let raw = block[(block.startIndex + start)..<(block.startIndex + start + width)]
        if let first = raw.first, first & 0x80 != 0 {
            return raw.dropFirst().suffix(8).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = text(raw).filter { $0 != " " }
        if digits.isEmpty { return 0 }
        guard let number = Int(digits, radix: 8) else {
            throw TarError("'\(digits)' in the archive is no octal number")
        }
        return number
    }

    private static func checkSum(_ block: ArraySlice<UInt8>) throws {
        let start = block.startIndex
        var sum = 0
        for (offset, byte) in block.enumerated() { sum += (148..<156).contains(offset) ? 0x20 : Int(byte) }
        if try number(block, 148, 8) != sum { throw TarError("this is no tar archive, or it is damaged (at \(start))") }
    }

    private static func records(_ content: ArraySlice<UInt8>) throws -> [String: String] {
        var records: [String: String] = [:]
        var rest = content
        while let space = rest.firstIndex(of: 0x20) {
            let digits = String(decoding: rest[..<space], as: UTF8.self)
            guard let length = Int(digits), length > digits.utf8.count + 1, length <= rest.count else {
                throw TarError("the archive has a damaged pax header")
            }
            let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
            if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
                let key = String(decoding: record[..<equals], as: UTF8.self)
                records[key] = String(decoding: record[(equals + 1)...], as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
        return records
    }
}
