import Cryptography
import DockerEngine
import Model
import Storage
import System

/// A record of what a run read and saw when there was nothing to do. A later run that reads and sees the same has
/// nothing to do either, and need not work that out.
///
/// It is in the store, and losing it costs nothing but time. docs/decisions/0005-known-to-be-done.md lists what it
/// covers; everything that decides a plan has to be in it.
package struct NothingToDo: Sendable, Hashable {
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
    /// A digest of what the engine had; see `Observation.fingerprint`.
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

extension NothingToDo {
    package var value: Value {
        [
            "environment": .string(environment), "missing": .list(missing.map(Value.string)),
            "notes": .list(notes.map(Value.string)),
            "program": .string(program), "engine": .string(engine), "version": .string(version.description),
            "count": .int(state.count), "revision": .int(state.revision), "questions": .string(questions),
            "answers": .string(answers), "fingerprint": .string(fingerprint), "since": .int(since),
            "until": .int(until),
        ]
    }

    package init?(_ value: Value) {
        guard let environment = value["environment"]?.string, let missing = value["missing"]?.list,
            let notes = value["notes"]?.list,
            let program = value["program"]?.string, let engine = value["engine"]?.string,
            let version = value["version"]?.string.flatMap({ APIVersion($0) }),
            let count = value["count"]?.int, let revision = value["revision"]?.int,
            let questions = value["questions"]?.string, let answers = value["answers"]?.string,
            let fingerprint = value["fingerprint"]?.string, let since = value["since"]?.int,
            let until = value["until"]?.int
        else { return nil }
        self.init(
            environment: environment, missing: missing.compactMap(\.string), notes: notes.compactMap(\.string),
            program: program, engine: engine,
            version: version, state: StoreStamp(count: count, revision: revision), questions: questions,
            answers: answers, fingerprint: fingerprint, since: since, until: until)
    }
}
