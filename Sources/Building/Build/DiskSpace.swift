import DockerEngine
import Model
import System

/// A check of the free disk space before the first image is built.
enum DiskSpace {
    /// The space to leave free beside the images, in bytes, which running builds need.
    static let reserve = 1 << 30

    /// Checks the file system of a local engine.
    ///
    /// - Throws: `Problems` if it has too little space.
    static func check(_ engine: Engine, bytes: Int, options: BuildOptions) async throws {
        guard engine.address.isLocal else { return }
        let folder = try await engine.information().rootDirectory
        guard Files.isDirectory(folder) else { return }
        try check(free: try Files.freeSpace(at: folder), bytes: bytes, folder: folder)
    }

    static func check(free: Int, bytes: Int, folder: String) throws {
        let needed = bytes + reserve
        if free >= needed { return }
        throw Problems(
            "the images to build need about \(megabytes(needed)) in \(folder), \(megabytes(free)) are free",
            remedy: "free some with `minke prune`, or build fewer images")
    }
}

/// A size in megabytes, as people read it.
public func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
