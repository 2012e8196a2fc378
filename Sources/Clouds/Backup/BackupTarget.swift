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
        let packed = place + ".part"
        // A file that cannot be written is noticed before the work, not after it.
        if !isStream {
            try withGivenFiles(remedy: "name a file in a folder that is there and can be written") {
                try Files.write("", to: packed, mode: 0o600)
            }
        }
        defer { if !isStream { try? Files.remove(packed) } }
        // The parts are written beside the archive, where as much room is needed anyway.
        try await Files.withTemporaryDirectory(
            prefix: Files.name(of: place) + ".parts", in: isStream ? nil : Files.folder(of: place)
        ) { folder in
            try await write(folder)
            if isStream {
                // The archive needs a folder of its own, outside the one that is packed.
                try await Files.withTemporaryDirectory { other in
                    try await Self.pack(folder, into: "\(other)/archive.tar")
                    try withGivenFiles { try Files.send("\(other)/archive.tar", toStream: file) }
                }
            } else {
                try await Self.pack(folder, into: packed)
                try Files.move(packed, to: place)
            }
        }
    }

    private static func pack(_ folder: String, into archive: String) async throws {
        _ = try await Subprocess("tar", ["--create", "--file", archive, "--directory", folder, "."]).run().checked()
    }
}
