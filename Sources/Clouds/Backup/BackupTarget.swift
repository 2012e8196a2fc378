import Model
import System

/// The place that a backup is written to: a file, a device, a pipe or the standard output.
package struct BackupTarget: Sendable {
    package let file: String
    package let isStream: Bool
    /// The file itself where `file` is a link to it.
    private let place: String

    /// - Throws: `Problems` where the file is a folder or cannot be found.
    package init(_ file: String) throws {
        self.file = file
        let isStream = Files.isStream(file)
        self.isStream = isStream
        place = try withGivenFiles { isStream ? file : try Files.givenPlace(file) }
        if Files.isDirectory(file) { throw Problems("\(file) is a folder", remedy: "name a file in it") }
    }

    /// Whether a file is there, which the backup would replace.
    package var replacesFile: Bool { !isStream && Files.exists(file) }

    /// Packs the parts that `write` puts into a folder. The file is complete or as it was, also after an error.
    func fill(_ write: (_ folder: String) async throws -> Void) async throws {
        // The parts are written beside the archive, where as much room is needed anyway. A place that cannot be written is
        // noticed before the work, not after it.
        let folder =
            if isStream {
                try TemporaryDirectory(prefix: Self.prefix)
            } else {
                try withGivenFiles(remedy: "name a file in a folder that is there and can be written") {
                    do {
                        return try TemporaryDirectory(prefix: Self.prefix, in: Files.folder(of: place))
                    } catch let error as SystemError {
                        throw SystemError("write \(file)", code: error.code)
                    }
                }
            }
        defer { try? folder.remove() }
        let (parts, packed) = ("\(folder.path)/parts", "\(folder.path)/archive.tar")
        try Files.makeDirectory(parts, mode: 0o700)
        try await write(parts)
        // Only its owner may read the archive.
        try Files.write("", to: packed, mode: 0o600)
        try await Self.pack(parts, into: packed)
        if isStream {
            try withGivenFiles { try Files.send(packed, toStream: file) }
        } else {
            try Files.replace(place, with: packed)
        }
    }

    private static let prefix = ".minke-backup"

    private static func pack(_ folder: String, into archive: String) async throws {
        _ = try await Subprocess("tar", ["--create", "--file", archive, "--directory", folder, "."]).run().checked()
    }
}
