import Model

/// The operations that steps share: creating, confirming and removing containers, and recording the work.
struct StepContext: Sendable {
    let executor: Executor
    /// The host of the step.
    let host: any HostEngine
    let step: Step
    let number: Int
    let turn: Turn

    var recorder: any Recorder { executor.recorder }

    func note(_ text: String) { executor.reporter.note(step, number: number, text: text) }

    func member(_ name: String) throws -> DesiredMember {
        guard let member = executor.members[name] else { throw UnknownMember(name: name) }
        return member
    }

    func slot(of container: String) -> Slot { executor.observed[container]?.slot ?? .a }

    /// Creates a member's container with its files, without starting it.
    func make(_ name: String, slot: Slot) async throws -> String {
        let member = try member(name)
        try await recorder.forget(.member(name))
        let pod = try member.specification.pod.map { pod in
            guard let container = executor.containers[pod] else { throw UnknownMember(name: pod) }
            return container
        }
        let request = ContainerRequest(
            name: slot.containerName(environment: member.identity.environment, member: name),
            specification: member.specification, address: member.specification.address(in: slot), pod: pod,
            labels: labels(of: member, slot: slot),
            volumeLabels: [Labels.environment: member.identity.environment, Labels.member: name])
        let id = try await host.createContainer(request)
        try await recorder.record(keepsRunning: true, container: id)
        try await putFiles(of: member, into: id)
        return id
    }

    /// Starts a container that was stopped, and makes the engine start it again whenever it ends.
    func resume(_ container: String) async throws {
        try await host.start(container)
        try await keepRunning(container)
    }

    func keepRunning(_ container: String) async throws {
        try await host.keepRunning(container)
        // Recorded afterwards, so that the next run repeats this where a run ended in between.
        try await recorder.record(keepsRunning: true, container: container)
    }

    /// Stops a container for good, its sidecars before it: an engine that starts again leaves them stopped.
    func halt(_ container: String) async throws {
        try await haltSidecars(of: container)
        try await recorder.record(keepsRunning: false, container: container)
        try await host.stop(container)
    }

    private func labels(of member: DesiredMember, slot: Slot) -> [String: String] {
        var labels = member.labels
        labels[Labels.environment] = member.identity.environment
        labels[Labels.region] = member.identity.region
        labels[Labels.host] = member.identity.host
        labels[Labels.service] = member.service
        labels[Labels.member] = member.name
        labels[Labels.role] = ObservedContainer.Role.member.rawValue
        labels[Labels.recipe] = member.recipe
        labels[Labels.specification] = member.digest
        labels[Labels.slot] = slot.rawValue
        return labels
    }

    private func putFiles(of member: DesiredMember, into container: String) async throws {
        let files = try executor.contents.files(ofMember: member.name)
        let manifest = Manifest(files: files, digests: member.files, parts: member.specification.parts)
        if !files.isEmpty {
            let own = try ManifestFile.file(manifest, member: member, contents: executor.contents)
            try await host.putFiles(files.map(ContainerFile.init) + [own], into: container)
        }
        try await recorder.record(manifest, container: container)
    }

    /// Waits until a member is healthy and the front sends it requests, and records that.
    func confirm(_ name: String, container: String, slot: Slot) async throws {
        let member = try member(name)
        if let probe = member.probe {
            try await waitUntilHealthy(
                member: name, probe: probe, address: member.specification.address(in: slot), container: container)
        } else if try await !host.isRunning(container) {
            throw Unhealthy(member: name, answer: "it ended by itself", log: await log(of: container))
        }
        executor.containers[name] = container
        try await awaitFront(member, slot: slot)
        try await recordData(of: member)
        var created: [String] = []
        for anchor in member.anchors {
            created.append(try await executor.host(ofVolume: anchor).volumeCreation(anchor) ?? "")
        }
        let anchor = created.isEmpty ? nil : created.joined(separator: " ")
        try await recorder.record(DoneRecord(inputs: container, anchor: anchor), for: .member(name))
    }

    private func recordData(of member: DesiredMember) async throws {
        for volume in member.data {
            guard try await host.volumeCreation(volume.name) != nil else { continue }
            try await recorder.record(KnownVolume(host: member.identity.host, volume: volume))
        }
    }

    /// Removes a container and its record.
    func discard(_ container: String) async throws {
        try await host.remove(container, known: executor.observed[container])
        try await recorder.forget(container: container)
    }

    /// Records that something was done, with the mark of the creation of the volume that keeps the result.
    func recordDone(_ milestone: Milestone, inputs: String, anchor: String?) async throws {
        var created: String?
        if let anchor { created = try await executor.host(ofVolume: anchor).volumeCreation(anchor) }
        try await recorder.record(DoneRecord(inputs: inputs, anchor: created), for: milestone)
    }

    /// Restarts a member while the front sends it no requests.
    ///
    /// `manifest` is recorded after the restart. Recorded before, it would let the run after an interrupted one take
    /// the old process for one that has read the files.
    func restart(_ name: String, container: String, taking manifest: Manifest? = nil) async throws {
        let member = try member(name)
        let slot = slot(of: container)
        try await recorder.forget(.member(name))
        try await withoutRequests(member, slot: slot) {
            note("waiting for its end and its new start")
            try await haltSidecars(of: container)
            try await host.restart(container)
            // A container that was stopped before is to run from now on.
            try await keepRunning(container)
            if let manifest { try await settle(manifest, member: member, container: container) }
            try await confirm(name, container: container, slot: slot)
        }
    }
}

/// The error of a plan that names a member which the environment does not have, so that the two do not belong together.
struct UnknownMember: Error, CustomStringConvertible {
    let name: String
    var description: String { "the environment has no member \(name)" }
}

/// The error of a command that failed in a container.
public struct CommandFailure: Error, CustomStringConvertible {
    let command: [String]
    let result: Execution

    /// The command, its exit status, and the last ten lines of its standard error or else output.
    public var description: String {
        let told = [result.errors, result.output].first { !$0.isEmpty } ?? "it printed nothing"
        return "`\(command.joined(separator: " "))` ended with \(result.status): \(told.trimmedLines(last: 10))"
    }
}

extension String {
    /// The last lines, without empty ones.
    func trimmedLines(last count: Int) -> String {
        split(separator: "\n").suffix(count).joined(separator: "\n")
    }
}
