import Model
import System

extension StepContext {
    /// New files for a running container, taken by the lightest means.
    func configure(_ name: String, container: String, cost: ChangeCost) async throws {
        let member = try member(name)
        let files = try executor.contents.files(ofMember: name)
        let manifest = Manifest(files: files, digests: member.files, parts: member.specification.parts)
        try recorder.forget(.member(name))
        let known = executor.observed[container]?.manifest
        let changed = files.filter { file in
            member.files.contains { $0.path == file.path && known?.files[$0.path] != $0.digest }
        }
        let removed = known?.files.keys.filter { path in !files.contains { $0.path == path } } ?? []
        // A run that ends before the process has taken the files leaves this, also in the container's own manifest.
        let before = known ?? Manifest(files: [:], entries: [:], parts: member.specification.parts)
        let pending = before.pending(changed.map(\.path) + removed, cost: cost)
        try recorder.record(pending, container: container)
        let own = ManifestFile.file(pending, member: member, contents: executor.contents)
        let place = {
            try await host.replaceFiles(
                changed.map(ContainerFile.init) + [own], removing: removed.sorted(), revision: manifest.revision,
                in: container)
        }
        do {
            try await place()
            switch (cost, member.reload) {
            case (.reload, .signal(let signal)?): try await host.kill(container, signal: signal)
            case (.reload, .exec(let command)?): try await reload(name, container: container, command: command)
            default: return try await restart(name, container: container, taking: manifest)
            }
        } catch let error as ContainerNotRunning where error.container == container {
            // An engine goes on with the restart that a program asked for which was killed then.
            note("waiting for its start: it ended meanwhile")
            try await host.start(container)
            try await place()
            return try await restart(name, container: container, taking: manifest)
        }
        try await settle(manifest, member: member, container: container)
        try await confirm(name, container: container, slot: slot(of: container))
    }

    /// Longer than any command of a recipe takes: those that wait end by themselves before.
    private static let reloadLimit = Duration.seconds(360)

    private func reload(_ name: String, container: String, command: [String]) async throws {
        let host = host
        note("waiting until it has taken its new files: `\(command.joined(separator: " "))` is at work")
        do {
            let result = try await withDeadline(Self.reloadLimit, for: "its end") {
                try await host.execute(command, in: container, input: nil)
            }
            if result.isKilled, try await !host.isRunning(container) { throw ContainerNotRunning(container: container) }
            if result.status != 0 { throw CommandFailure(command: command, result: result) }
        } catch let error where error is CommandFailure || error is TimedOut {
            throw ReloadFailure(member: name, command: command, cause: error)
        }
    }

    /// Writes down that the process has taken its files.
    func settle(_ manifest: Manifest, member: DesiredMember, container: String) async throws {
        let own = ManifestFile.file(manifest, member: member, contents: executor.contents)
        // The record comes last: as long as it is pending, the next run does all of this again.
        try await host.putFiles([own], into: container)
        try recorder.record(manifest, container: container)
    }
}

/// A member did not take its new files.
struct ReloadFailure: Error, CustomStringConvertible {
    let member: String
    let command: [String]
    let cause: any Error

    var description: String {
        let reason = cause is TimedOut ? "`\(command.joined(separator: " "))`: \(cause)" : "\(cause)"
        return """
            \(member) has its new files, and has not taken them: \(reason)
            the next `minke up` does it again; where it fails again, `minke logs \(member)` may tell why, and \
            `minke restart \(member)` has it take them with an interruption
            """
    }
}
