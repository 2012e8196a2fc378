/// A member of a tar archive.
public struct TarEntry: Sendable, Hashable {
    /// The content of a file, in memory or on disk.
    public enum Content: Sendable, Hashable {
        case bytes([UInt8])
        /// A file of this host, read when the archive is written. If it has fewer bytes than `size` by then, writing
        /// fails; further bytes are left out.
        case file(path: String, size: Int)
    }

    /// The type of a member, with its content or target.
    public enum Kind: Sendable, Hashable {
        case file(Content)
        case directory
        /// A symbolic link with its target.
        case link(String)
        /// A hard link, with the path of the earlier member that it shares its file with.
        case hardLink(String)
    }

    /// The path in the archive, relative and without a trailing slash.
    public var path: String
    /// The type, with the content or target.
    public var kind: Kind
    /// The permission bits, with set-user-ID, set-group-ID and sticky.
    public var mode: UInt32
    /// The numeric user ID of the owner.
    public var user: Int
    /// The numeric group ID of the owner.
    public var group: Int
    /// The modification time, in seconds since 1970.
    public var modified: Int

    /// Creates a member. The default mode is 0755 for folders, 0777 for symbolic links and 0644 for everything else.
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

    /// Creates a member that is a text file in UTF-8.
    public static func text(
        _ path: String, _ text: String, mode: UInt32 = 0o644, user: Int = 0, group: Int = 0
    ) -> TarEntry {
        TarEntry(path, .file(.bytes(Array(text.utf8))), mode: mode, user: user, group: group)
    }

    /// The tree below a folder of this host, sorted, owned by root and without times, so that equal trees give equal
    /// archives. Devices and the like are left out.
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

/// The error of an archive that cannot be read or written.
public struct TarError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The fault in words.
    public let description: String

    init(_ description: String) { self.description = description }
}
