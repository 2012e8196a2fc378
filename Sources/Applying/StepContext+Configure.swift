import Model
import System

extension StepContext {
    /// Gives a running container new files by the cheapest means that makes its process read them.
    func configure(_ name: String, container: String, cost: ChangeCost) async throws {
        let member = try member(name)
        let files = try executor.contents.files(ofMember: name)
        let manifest = Manifest(files: files, digests: member.files, parts: member.specification.parts)
        try await recorder.forget(.member(name))
        let known = executor.observed[container]?.manifest
        let earlier = await EarlierFiles(of: container, known, on: host)
        let changed = files.filter { file in
            member.files.contains { $0.path == file.path && known?.files[$0.path] != $0.digest }
        }
        let removed = known?.files.keys.filter { path in !files.contains { $0.path == path } } ?? []
        // This record, also in the container's own manifest, tells the next run that the process has not taken the
        // files yet.
        let before = known ?? Manifest(files: [:], entries: [:], parts: member.specification.parts)
        let pending = before.pending(changed.map(\.path) + removed, cost: cost)
        try await recorder.record(pending, container: container)
        let own = try ManifestFile.file(pending, member: member, contents: executor.contents)
        let place = {
            try await host.replaceFiles(
                changed.map(ContainerFile.init) + [own], removing: removed.sorted(), revision: manifest.revision,
                in: container)
        }
        do {
            do {
                try await place()
                switch (cost, member.reload) {
                case (.reload, .signal(let signal)?): try await host.kill(container, signal: signal)
                case (.reload, .exec(let command)?): try await reload(name, container: container, command: command)
                default: return try await restart(name, container: container, taking: manifest)
                }
                try await settle(manifest, member: member, container: container)
                try await confirm(name, container: container, slot: slot(of: container))
            } catch let error as ContainerNotRunning where error.container == container {
                note("waiting for its start: it has ended")
                var taken = manifest
                // Files can only be removed while the container runs; the next plan removes them.
                for path in removed { taken.files[path] = known?.files[path] }
                let files = changed.map(ContainerFile.init)
                try await startAnew(member, container: container, files: files, taking: taken)
            }
        } catch let error as Unhealthy {
            guard let earlier else { throw error }
            try await goBack(member, container: container, to: earlier, cause: error)
        }
    }

    /// Stops a container, changes its files, and starts it; this works even for a container that ends right after its
    /// start.
    private func startAnew(
        _ member: DesiredMember, container: String, files: [ContainerFile], taking manifest: Manifest
    ) async throws {
        let slot = slot(of: container)
        try await withoutRequests(member, slot: slot) {
            try await halt(container)
            try await host.putFiles(files, into: container)
            try await settle(manifest, member: member, container: container)
            try await resume(container)
            try await confirm(member.name, container: container, slot: slot)
        }
    }

    /// Gives a container that does not answer with its new files the earlier ones again.
    private func goBack(
        _ member: DesiredMember, container: String, to earlier: EarlierFiles, cause: any Error
    ) async throws {
        // Without the container or the engine, there is nothing to go back to.
        guard (try? await host.condition(of: container)) ?? nil != nil else { throw cause }
        note("waiting for it with its earlier files")
        var files = earlier.files
        var taken = earlier.manifest
        for file in try executor.contents.files(ofMember: member.name) where !earlier.has(file.path) {
            // A file cannot be removed from a stopped container, so a new one is made empty.
            files.append(ContainerFile(path: file.path, text: "", mode: file.mode, owner: file.owner))
            taken.files[file.path] = Manifest.edited
        }
        do {
            try await startAnew(member, container: container, files: files, taking: taken)
            try await resumeSidecars(of: container)
        } catch let error where !(error is CancellationError) {
            throw LostOld(member: member.name, cause: cause, answer: error)
        }
        throw KeptFiles(member: member.name, cause: cause)
    }

    /// The time limit of a reload, longer than any recipe's command takes: those that wait have shorter limits.
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

    /// Records that the process has taken its files.
    func settle(_ manifest: Manifest, member: DesiredMember, container: String) async throws {
        let own = try ManifestFile.file(manifest, member: member, contents: executor.contents)
        // The record comes last: as long as it is pending, the next run repeats all of this.
        try await host.putFiles([own], into: container)
        try await recorder.record(manifest, container: container)
    }
}

/// The files that a container's process has read, kept while it is given new ones.
private struct EarlierFiles {
    let manifest: Manifest
    let files: [ContainerFile]

    /// Nil unless the process is known to have read the files that lie in its container.
    init?(of container: String, _ manifest: Manifest?, on host: any HostEngine) async {
        guard let manifest, !manifest.isPending, !manifest.files.isEmpty,
            (try? await host.isRunning(container)) == true,
            let all = try? await host.files(of: container)
        else { return nil }
        self.manifest = manifest
        files = all.filter { manifest.files[$0.path] != nil }
    }

    func has(_ path: String) -> Bool { manifest.files[path] != nil }
}

/// The error of a member that did not become healthy with its new files, and has the earlier ones again.
struct KeptFiles: Error, CustomStringConvertible {
    let member: String
    let cause: any Error
    var description: String { "\(cause)\n\(member) has its earlier files again, and serves on" }
}

/// The error of a member that did not take its new files.
struct ReloadFailure: Error, CustomStringConvertible {
    let member: String
    let command: [String]
    let cause: any Error

    var description: String {
        let reason = cause is TimedOut ? "`\(command.joined(separator: " "))`: \(cause)" : "\(cause)"
        return """
            \(member) has its new files, but has not read them: \(reason)
            the next `minke up` does it again; where it fails again, `minke logs \(member)` may tell why, and \
            `minke restart \(member)` makes it read them, with an interruption
            """
    }
}
