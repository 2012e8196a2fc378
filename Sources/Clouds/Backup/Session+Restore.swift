import Applying
import DockerEngine
import HTTP
import Model
import Planning
import System

extension Session {
    /// Brings the environment up from an archive that `backUp` wrote. The session has to accept an environment that is
    /// restored in part: the result of an unfinished restore is removed first.
    ///
    /// - Parameter command: the command's name, which tells other runs who has the lock.
    /// - Returns: the volumes that the archive had.
    /// - Throws: `Problems` where the file is no archive or another environment's, or where the environment exists
    ///   already; `ApplyFailure` where steps have failed.
    package func restore(
        from archive: String, for command: String, showing: ShowingSteps
    ) async throws -> [String] {
        guard Files.exists(archive) else { throw Problems("there is no archive \(archive)") }
        let lock = try await lock(for: command)
        defer { lock.release() }
        let observed = try await observe()
        let isBegun = try state.unfinishedRestore() != nil
        let isEmpty = observed.hosts.allSatisfy { $0.volumes?.isEmpty ?? true } && observed.containers.isEmpty
        guard isEmpty || isBegun else {
            throw Problems(
                "\(environment.name) is here already: it has containers or volumes",
                remedy: "remove it with `minke down --volumes` first; nothing was done")
        }
        let needs = TemporaryNeeds(bytes: try Files.status(of: archive, followingLinks: true).size)
        return try await Files.withTemporaryDirectory(needs: needs) { folder in
            try await unpack(archive, into: folder)
            let entries = try state.entries(ofBackup: try JSON.parse(try Files.readText(folder + "/state.json")))
            try await claim(takingOver: false)
            if isBegun {
                // Everything that the environment has came from the unfinished restore.
                let teardown = Teardown(
                    session: self, catalog: try await catalog(), observed: observed, withVolumes: true)
                try await showing(teardown.plan().steps.count) { try await teardown.carryOut(reporter: $0) }
            }
            try state.beginRestoring(entries, from: try Files.realPath(archive))
            let volumes = try await BackupReader(session: self, folder: folder).restore(showing)
            try state.endRestoring()
            return volumes
        }
    }

    private func unpack(_ archive: String, into folder: String) async throws {
        let unpacked = try await Subprocess("tar", ["--extract", "--file", archive, "--directory", folder]).run()
        guard unpacked.status.isSuccess, Files.exists(folder + "/state.json") else {
            throw Problems(
                "\(archive) is no archive that `minke backup` wrote"
                    + (textLines(unpacked.errorText).first { !$0.isEmpty }.map { " (\($0))" } ?? ""),
                remedy: "nothing was done")
        }
    }
}

/// A reader of a backup's parts from a folder, which brings the environment up.
private struct BackupReader {
    let session: Session
    let folder: String

    /// Brings the environment up and returns the volumes that were filled.
    func restore(_ showing: ShowingSteps) async throws -> [String] {
        // Databases are filled before anything that reads them starts.
        let items = try BackupItem.all(of: try await session.survey())
        let dumped = Set(items.filter { $0.recipe.backup != .files }.map(\.service))
        try await apply(showing) { plan, survey in plan.steps(neededBy: dumped, in: survey.desired) }
        let dumps = try await load(items.filter { $0.recipe.backup != .files })
        try await apply(showing) { plan, _ in plan }
        return dumps + (try await load(items.filter { $0.recipe.backup == .files }))
    }

    private func apply(_ showing: ShowingSteps, _ choose: (Plan, Survey) -> Plan) async throws {
        let survey = try await session.survey()
        let plan = choose(try await survey.plan(), survey)
        try await showing(plan.steps.count) { try await survey.apply(plan, reporter: $0, width: 6) }
    }

    /// Fills the volumes that the archive has, and returns their names.
    private func load(_ items: [BackupItem]) async throws -> [String] {
        var loaded: [String] = []
        let containers = try await session.observe().containers
        for item in items {
            let path = "\(folder)/\(item.fileName)"
            guard Files.exists(path), let container = containers.first(where: { $0.member == item.member }) else {
                session.tell("the archive has no \(item.fileName)")
                continue
            }
            let engine = try session.engine(of: container)
            switch item.recipe.backup {
            case .none: continue
            case .commands(_, let restore):
                try await engine.run(restore, in: container.id, of: item.member, input: .file(path)) { _ in }
            case .files:
                try await engine.putArchive(
                    .file(path), in: Files.folder(of: item.recipe.path), of: container.id)
            }
            loaded.append(item.volume)
        }
        return loaded
    }
}
