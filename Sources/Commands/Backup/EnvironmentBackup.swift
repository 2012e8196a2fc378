import Applying
import DockerEngine
import Model
import Recipes
import System

extension CommandDefinition {
    static let backup = CommandDefinition(
        "backup",
        summary: "Write data, secrets and what is remembered of an environment into one archive",
        discussion: """
            Databases are dumped by their own tools while the cloud runs; other volumes are copied as they are. The \
            archive holds secrets and is readable by its owner only.
            """,
        examples: [("minke backup -o cloud.tar", "everything that `minke restore` needs")],
        options: [.value("output", short: "o", "FILE", .file, required: true, summary: "the archive to write")]
    ) { arguments in
        let session = try Session(arguments)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let survey = try await session.survey()
        let file = arguments.required("output")
        let display = StepDisplay(.errors)
        defer { display.close() }
        try await Files.withTemporaryDirectory { folder in
            try await BackupWriter(survey: survey, folder: folder, display: display).write()
            let packed = file + ".part"
            try Files.write("", to: packed, mode: 0o600)
            _ = try await Subprocess(
                "tar", ["--create", "--file", packed, "--directory", folder, "."]
            ).run().checked()
            try Files.move(packed, to: file)
        }
        display.close()
        printError("wrote \(file); it holds secrets")
        return .done
    }
}

/// Collects what a backup is made of in a folder.
struct BackupWriter {
    let survey: Survey
    let folder: String
    let display: StepDisplay

    func write() async throws {
        let state = try survey.session.state.exported()
        try Files.write(JSON.text(state, indented: true), to: folder + "/state.json", mode: 0o600)
        for item in try BackupItem.all(of: survey) {
            try await display.run("back up \(item.volume)") { _ in try await write(item) }
        }
    }

    private func write(_ item: BackupItem) async throws {
        let engine = survey.session.engine
        let path = "\(folder)/\(item.fileName)"
        try Files.write("", to: path, mode: 0o600)
        guard let container = survey.observed.containers.first(where: { $0.member == item.member }) else {
            throw Problems("\(item.member) has no container", remedy: "bring the environment up first")
        }
        switch item.recipe.backup {
        case .none: return
        case .commands(let dump, _):
            let result = try await survey.session.host.execute(dump, in: container.id, input: nil)
            if result.status != 0 {
                throw Problems("`\(dump.joined(separator: " "))` in \(item.member) failed: \(result.errors)")
            }
            try Files.write(result.output, to: path, mode: 0o600)
        case .files:
            try await engine.getArchive(item.recipe.path, of: container.id) { bytes in
                try Files.append(bytes, to: path)
            }
        }
    }
}

/// A volume of an environment with its place in an archive.
struct BackupItem {
    let volume: String
    let member: String
    let service: String
    let recipe: VolumeRecipe

    var fileName: String { "\(volume).\(recipe.backup == .files ? "tar" : "dump")" }

    /// Every volume that a backup has, each once.
    static func all(of survey: Survey) throws -> [BackupItem] {
        var items: [BackupItem] = []
        for service in survey.resolver.layout.services {
            for volume in service.recipe.volumes where volume.backup != .none {
                let members = volume.scope == .service ? Array(service.members.prefix(1)) : service.members
                for member in members {
                    items.append(
                        BackupItem(
                            volume: survey.resolver.volumeName(volume, member: member, service: service),
                            member: member.name, service: service.name, recipe: volume))
                }
            }
        }
        return items
    }
}
