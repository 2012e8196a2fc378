import Model
import Recipes
import System

extension Session {
    /// Writes the environment's data, secrets and remembered state into one archive.
    ///
    /// - Parameter command: the command's name, which tells other runs who has the lock.
    /// - Throws: `Problems` where a member has no container, a dump fails or the file cannot be written.
    package func backUp(to target: BackupTarget, for command: String, progress: any WorkProgress) async throws {
        let lock = try await lock(for: command)
        defer { lock.release() }
        let survey = try await survey()
        try await target.fill { folder in
            try await BackupWriter(survey: survey, folder: folder, progress: progress).write()
        }
    }
}

/// A writer of a backup's parts into a folder.
private struct BackupWriter {
    let survey: Survey
    let folder: String
    let progress: any WorkProgress

    func write() async throws {
        let state = try survey.session.state.exported()
        try Files.write(JSON.text(state, indented: true), to: folder + "/state.json", mode: 0o600)
        for item in try BackupItem.all(of: survey) {
            try await progress.run("back up \(item.volume)") { _ in (try await write(item), nil) }
        }
    }

    private func write(_ item: BackupItem) async throws {
        let path = "\(folder)/\(item.fileName)"
        try Files.write("", to: path, mode: 0o600)
        guard let container = survey.observed.containers.first(where: { $0.member == item.member }) else {
            throw Problems("\(item.member) has no container", remedy: "bring the environment up first")
        }
        let engine = try survey.session.engine(of: container)
        switch item.recipe.backup {
        case .none: return
        case .commands(let dump, _):
            try await engine.run(dump, in: container.id, of: item.member, input: nil) { try Files.append($0, to: path) }
        case .files:
            try await engine.getArchive(item.recipe.path, of: container.id) { bytes in
                try Files.append(bytes, to: path)
            }
        }
    }
}
