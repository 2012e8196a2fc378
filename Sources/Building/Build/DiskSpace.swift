import DockerEngine
import Model
import System

/// A check of the free disk space before the first image is built.
enum DiskSpace {
    /// The bytes to leave free beside the images, which builds need while they run.
    static let reserve = 1 << 30

    /// Throws where the engine's file system has too little room; that of a remote engine cannot be checked.
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
