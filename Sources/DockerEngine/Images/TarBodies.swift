import HTTP
import System

extension HTTPRequest.Body {
    /// A body that is a tar archive, written while it is sent.
    public static func tar(_ entries: [TarEntry]) -> HTTPRequest.Body {
        let writer = TarWriter(entries)
        return .pieces(size: nil) { try writer.next() }
    }

    /// A body that is a file of this host.
    public static func file(_ path: String) throws -> HTTPRequest.Body {
        let size = try Files.status(of: path, followingLinks: true).size
        let reader = try FileReader(path)
        return .pieces(size: size) { try reader.next() }
    }
}
