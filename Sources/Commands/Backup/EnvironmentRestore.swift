import Applying
import Clouds
import CommandLine
import DockerEngine
import HTTP
import Model
import Planning
import System

extension CommandDefinition {
    static let restore = CommandDefinition(
        "restore",
        summary: "Bring an environment up from an archive of `minke backup`",
        discussion: """
            The host must have nothing of the environment: no container, no volume. Images must be there. Secrets and \
            addresses come back first, then databases, then the rest of the cloud, then other volumes.

            Where it is interrupted, other commands refuse the environment until the same command, run again, has \
            finished: that removes what the first one had brought, and begins anew.
            """,
        examples: [("minke restore cloud.tar -e environments/identity.yaml", "the cloud as it was")],
        arguments: [.required("archive", .file, summary: "the archive")],
        isResumable: true
    ) { arguments in
        let session = try Session(arguments, restoredInPart: true)
        let archive = arguments.required("archive")
        guard Files.exists(archive) else { throw Problems("there is no archive \(archive)") }
        let lock = try await session.lock(for: arguments.command)
        defer { lock.release() }
        let clock = ContinuousClock()
        let start = clock.now
        let observed = try await session.observe()
        let isBegun = try session.state.unfinishedRestore() != nil
        let isEmpty = observed.hosts.allSatisfy { $0.volumes?.isEmpty ?? true } && observed.containers.isEmpty
        guard isEmpty || isBegun else {
            throw Problems(
                "\(session.environment.name) is here already: it has containers or volumes",
                remedy: "remove it with `minke down --volumes` first; nothing was done")
        }
        let needs = TemporaryNeeds(bytes: try Files.status(of: archive, followingLinks: true).size)
        let volumes = try await Files.withTemporaryDirectory(needs: needs) { folder in
            let unpacked = try await Subprocess(
                "tar", ["--extract", "--file", archive, "--directory", folder]
            ).run()
            guard unpacked.status.isSuccess, Files.exists(folder + "/state.json") else {
                throw Problems(
                    "\(archive) is no archive that `minke backup` wrote"
                        + (textLines(unpacked.errorText).first { !$0.isEmpty }.map { " (\($0))" } ?? ""),
                    remedy: "nothing was done")
            }
            let kept = try JSON.parse(try Files.readText(folder + "/state.json"))
            let entries = try session.state.entries(ofBackup: kept)
            try await session.claim(takingOver: false)
            if isBegun {
                // Everything that the environment has came from the unfinished restore.
                let teardown = Teardown(
                    session: session, catalog: try await session.catalog(), observed: observed, withVolumes: true)
                let display = StepProgress(arguments, steps: teardown.plan().steps.count)
                defer { display.close() }
                try await teardown.carryOut(reporter: display)
            }
            try session.state.beginRestoring(entries, from: try Files.realPath(archive))
            let volumes = try await BackupReader(session: session, folder: folder, arguments: arguments).restore()
            try session.state.endRestoring()
            return volumes
        }
        arguments.show(
            RestoreReport(
                environment: session.environment.name, volumes: volumes, seconds: (clock.now - start).seconds))
        return .done
    }
}

/// The result of `restore`.
struct RestoreReport: Report {
    let environment: String
    /// The volumes that the archive had.
    let volumes: [String]
    let seconds: Double

    var value: Value {
        [
            "environment": .string(environment), "volumes": .list(volumes.map(Value.string)),
            "seconds": .double(seconds),
        ]
    }

    func text(_ style: Style) -> String {
        style.paint(
            "\(environment) is restored: \(counted(volumes.count, "volume")) in \(formatSeconds(seconds))", .green)
    }
}

/// Brings an environment up from a backup's folder.
private struct BackupReader {
    let session: Session
    let folder: String
    let arguments: ParsedArguments

    /// Brings the environment up and returns the volumes that were filled.
    func restore() async throws -> [String] {
        // Databases are filled before anything that reads them starts.
        let items = try BackupItem.all(of: try await session.survey())
        let dumped = Set(items.filter { $0.recipe.backup != .files }.map(\.service))
        try await apply { plan, survey in plan.steps(neededBy: dumped, in: survey.desired) }
        let dumps = try await load(items.filter { $0.recipe.backup != .files })
        try await apply { plan, _ in plan }
        return dumps + (try await load(items.filter { $0.recipe.backup == .files }))
    }

    private func apply(_ choose: (Plan, Survey) -> Plan) async throws {
        let survey = try await session.survey()
        let plan = choose(try await survey.plan(), survey)
        let display = StepProgress(arguments, steps: plan.steps.count)
        defer { display.close() }
        try await survey.apply(plan, reporter: display, width: 6)
    }

    /// Fills the volumes that the archive has, and returns their names.
    private func load(_ items: [BackupItem]) async throws -> [String] {
        var loaded: [String] = []
        let containers = try await session.observe().containers
        for item in items {
            let path = "\(folder)/\(item.fileName)"
            guard Files.exists(path), let container = containers.first(where: { $0.member == item.member }) else {
                printError("the archive has no \(item.fileName)")
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

extension Plan {
    /// The steps that make networks or start the members of some services, with all steps that these wait for.
    func steps(neededBy services: Set<String>, in desired: DesiredState) -> Plan {
        let wanted = Set(desired.members.filter { services.contains($0.service) }.map(\.name))
        var kept: Set<Int> = []
        for number in steps.indices.reversed() {
            var isWanted = kept.contains(number)
            if case .create(let member, _, _) = steps[number].action, wanted.contains(member) { isWanted = true }
            if case .createNetwork = steps[number].action { isWanted = true }
            guard isWanted else { continue }
            kept.insert(number)
            kept.formUnion(steps[number].after)
        }
        var numbers: [Int: Int] = [:]
        var plan = Plan(environment: environment, here: here)
        for number in kept.sorted() {
            var step = steps[number]
            step.after = step.after.compactMap { numbers[$0] }
            numbers[number] = plan.steps.count
            plan.append(step)
        }
        return plan
    }
}
