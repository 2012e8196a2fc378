import Cryptography
import DockerEngine
import Model
import Storage
import System

/// A record of the files and the engine's state that a run found when there was nothing to do. A later run that finds
/// the same has nothing to do either, and need not work that out.
///
/// It is in the store, and losing it costs nothing but time. docs/decisions/0005-known-to-be-done.md lists what it
/// covers; everything that decides a plan has to be in it.
package struct NothingToDo: Sendable, Hashable, Codable {
    package var environment: String
    package var missing: [String]
    package var notes: [String]
    /// The build of the program that made the record.
    package var program: String
    package var engine: String
    package var version: APIVersion
    /// The stamp of the environment's entries in the store.
    package var state: StoreStamp
    /// The questions that were asked of the file system, and in `answers` a digest of its answers.
    package var questions: String
    package var answers: String
    /// A digest of the engine's state; see `Observation.fingerprint`.
    package var fingerprint: String
    /// The time from which the record holds, in seconds since 1970, and in `until` its end, when a certificate has to
    /// be renewed.
    package var since: Int
    package var until: Int

    /// The key of the record for an environment's file, read in a current folder with a catalogue's folder.
    package static func key(_ places: CloudPlaces) throws -> String {
        let parts = [try Files.currentDirectory(), places.environmentFile, try places.findCatalog()]
        return StateKeys.nothingToDo[SHA256.hex(of: parts.joined(separator: "\0"))]
    }
}
