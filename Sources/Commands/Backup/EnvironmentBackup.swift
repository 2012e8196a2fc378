import Applying
import Clouds
import CommandLine
import DockerEngine
import HTTP
import Model
import Recipes
import Synchronization
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
        options: [
            .value(
                "output", short: "o", "FILE", .file, required: true,
                summary: "the archive to write; - is the standard output")
        ]
    ) { arguments in
        let file = arguments.required("output")
        let isStream = Files.isStream(file)
        let place = try withGivenFiles { isStream ? file : try Files.givenPlace(file) }
        let packed = place + ".part"
        if Files.isDirectory(file) { throw Problems("\(file) is a folder", remedy: "name a file in it") }
        if !isStream, Files.exists(file) { try await arguments.confirm("Replace \(file)?") }
        let session = try Session(arguments)
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let survey = try await session.survey()
        // A file that cannot be written is noticed before the work, not after it.
        if !isStream {
            try withGivenFiles(remedy: "name a file in a folder that is there and can be written") {
                try Files.write("", to: packed, mode: 0o600)
            }
        }
        defer { if !isStream { try? Files.remove(packed) } }
        let display = StepDisplay(.errors)
        defer { display.close() }
        // The parts are written beside the archive, where as much room is needed anyway.
        try await Files.withTemporaryDirectory(
            prefix: Files.name(of: place) + ".parts", in: isStream ? nil : Files.folder(of: place)
        ) { folder in
            try await BackupWriter(survey: survey, folder: folder, display: display).write()
            if isStream {
                // The archive needs a folder of its own, outside the one that is packed.
                try await Files.withTemporaryDirectory { other in
                    try await pack(folder, into: "\(other)/archive.tar")
                    try withGivenFiles { try Files.send("\(other)/archive.tar", toStream: file) }
                }
            } else {
                try await pack(folder, into: packed)
                try Files.move(packed, to: place)
            }
        }
        display.close()
        // The stream holds the archive, so no line may follow it.
        if isStream { return .done }
        arguments.show(WrittenFileReport(file: file, holds: "secrets"))
        return .done
    }
}

private func pack(_ folder: String, into archive: String) async throws {
    _ = try await Subprocess("tar", ["--create", "--file", archive, "--directory", folder, "."]).run().checked()
}

/// Collects the parts of a backup in a folder.
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

extension Engine {
    /// Runs a recipe's own dump tool in a member's container, with streams as its input and output. Throws `Problems`
    /// with the tool's error output where it fails.
    func run(
        _ command: [String], in container: String, of member: String, input: RawInput?,
        onOutput: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws {
        let errors = Mutex("")
        let code = try await exec(in: container, ExecConfiguration(command, user: "0"), input: input) { chunk in
            if chunk.channel == .output {
                try onOutput(chunk.bytes)
            } else {
                errors.withLock { $0 = String(($0 + chunk.text).suffix(4000)) }
            }
        }
        if code != 0 {
            let said = errors.withLock { $0 }
            throw Problems("`\(command.joined(separator: " "))` in \(member) failed with status \(code): \(said)")
        }
    }
}

/// A volume of an environment with its place in an archive.
struct BackupItem {
    let volume: String
    let member: String
    let service: String
    let recipe: VolumeRecipe
    /// The host, where an earlier one has a volume of the same name already; nil elsewhere.
    var host: String?

    var fileName: String {
        "\(volume)\(host.map { "@\($0)" } ?? "").\(recipe.backup == .files ? "tar" : "dump")"
    }

    /// Every volume that a backup has, each once.
    static func all(of survey: Survey) throws -> [BackupItem] {
        var items: [BackupItem] = []
        for service in survey.resolver.layout.services {
            for volume in service.recipe.volumes where volume.backup != .none {
                var seen: Set<String> = []
                // Members on one host share a service's volume.
                for member in service.members where volume.scope != .service || seen.insert(member.host).inserted {
                    var item = BackupItem(
                        volume: survey.resolver.volumeName(volume, member: member, service: service),
                        member: member.name, service: service.name, recipe: volume)
                    if seen.count > 1 { item.host = member.host }
                    items.append(item)
                }
            }
        }
        return items
    }
}
