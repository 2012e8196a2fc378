import Model
import System

extension StepContext {
    /// Runs the container of a job, which is given by its milestone, to its end.
    func runJob(_ milestone: Milestone, label: String) async throws {
        guard let job = executor.desired.jobs.first(where: { $0.milestone == milestone }) else {
            throw UnknownMember(name: label)
        }
        let environment = executor.plan.environment
        let containerName = job.containerName(environment: environment)
        if let leftover = try await host.containerID(named: containerName) {
            // The earlier run is waited for, since half a change of a database is worse than a change that is made
            // twice.
            if try await host.isRunning(leftover) {
                note("waiting for the end of an earlier run")
                _ = try await withDeadline(job.timeout, for: job.label) { try await host.wait(for: leftover) }
            }
            try await host.remove(leftover, known: nil)
        }
        var labels = [
            Labels.environment: environment, Labels.region: job.region, Labels.host: job.host,
            Labels.service: job.service, Labels.member: job.name, Labels.role: ObservedContainer.Role.job.rawValue,
        ]
        labels[Labels.worksFor] = job.member
        var volumeLabels = [Labels.environment: environment, Labels.service: job.service]
        volumeLabels[Labels.member] = job.member
        var request = ContainerRequest(
            name: containerName, specification: job.specification, address: nil, labels: labels,
            volumeLabels: volumeLabels)
        // Other steps wait for the job, while the members that start beside it can wait.
        request.processorShares = 4096
        let id = try await host.createContainer(request)
        do {
            let files = try executor.contents.files(of: job)
            if !files.isEmpty { try await host.putFiles(files.map(ContainerFile.init), into: id) }
            try await host.start(id)
            turn.giveWay()
            note("waiting for its end")
            let status = try await withDeadline(job.timeout, for: job.label) { try await waitForEnd(of: id, job.label) }
            if status != 0 {
                throw JobFailure(job: job.label, status: status, log: await log(of: id, lines: 30))
            }
        } catch {
            try? await host.remove(id, known: nil)
            throw error
        }
        try await host.remove(id, known: nil)
        try await recordDone(job.milestone, inputs: job.inputs, anchor: job.anchor)
    }

    /// Asks a provider for a grant, which is given by its milestone.
    func grant(_ milestone: Milestone, label: String) async throws {
        let wanted = executor.desired.grants.first { $0.milestone == milestone }
        guard let grant = wanted, let container = executor.containers[grant.provider] else {
            throw UnknownMember(name: wanted?.provider ?? label)
        }
        let input = try executor.contents.input(of: grant)
        note("waiting for `\(grant.exec.joined(separator: " "))` in \(grant.provider)")
        let result = try await host.execute(grant.exec, in: container, input: input)
        if result.status != 0 { throw CommandFailure(command: grant.exec, result: result) }
        try await recordDone(grant.milestone, inputs: grant.inputs, anchor: grant.anchor)
    }
}

/// The error of a job whose container ended with a failure.
public struct JobFailure: Error, CustomStringConvertible {
    let job: String
    let status: Int
    let log: String

    /// The job, its exit status, and the last 30 lines of its log.
    public var description: String {
        "\(job) ended with \(status); its last log lines:\n\(log.trimmedLines(last: 30))"
    }
}
