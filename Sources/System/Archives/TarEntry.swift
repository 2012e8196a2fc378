/// A member of a tar archive.
public struct TarEntry: Sendable, Hashable {
    /// The content of a file, in memory or on disk.
    public enum Content: Sendable, Hashable {
        case bytes([UInt8])
        /// The path of a file of this host, read when the archive is written; the file must have this size by then.
        case file(path: String, size: Int)
    }

    public enum Kind: Sendable, Hashable {
        case file(Content)
        case directory
        /// A symbolic link with its target.
        case link(String)
        /// A hard link, with the path of the earlier member that it is another name of.
        case hardLink(String)
    }

    /// Relative, without a trailing slash.
    public var path: String
    public var kind: Kind
    public var mode: UInt32
    public var user: Int
    public var group: Int
    /// Seconds since 1970.
    public var modified: Int

    public init(
        _ path: String, _ kind: Kind, mode: UInt32? = nil, user: Int = 0, group: Int = 0, modified: Int = 0
    ) {
        self.path = path
        self.kind = kind
        self.user = user
        self.group = group
        self.modified = modified
        self.mode =
            switch (mode, kind) {
            case (let mode?, _): mode
            case (nil, .directory): 0o755
            case (nil, .link): 0o777
            case (nil, _): 0o644
            }
    }

    /// A text file.
    public static func text(
        _ path: String, _ text: String, mode: UInt32 = 0o644, user: Int = 0, group: Int = 0
    ) -> TarEntry {
        TarEntry(path, .file(.bytes(Array(text.utf8))), mode: mode, user: user, group: group)
    }

    /// The tree below a folder of this host, sorted, owned by root and without times, so that equal trees give equal
    /// archives.
    public static func tree(_ folder: String, including: (String) -> Bool = { _ in true }) throws -> [TarEntry] {
        try Files.tree(folder, including: including).compactMap { entry in
            let path = folder + "/" + entry.path
            let kind: Kind
            switch entry.status.kind {
            case .file: kind = .file(.file(path: path, size: entry.status.size))
            case .directory: kind = .directory
            case .link: kind = .link(try Files.target(ofLink: path))
            case .other: return nil
            }
            return TarEntry(entry.path, kind, mode: entry.status.mode)
        }
    }
}

/// An archive that cannot be read or written.
public struct TarError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
