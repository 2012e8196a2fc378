import Model
import System

extension StepContext {
    /// Makes a member hand over its workloads, and stops it, since without its pod's network it would wait in vain
    /// until its grace period is over.
    func vacate(_ name: String, container: String) async throws {
        guard let vacating = executor.members[name]?.vacating ?? leaving(container) else {
            throw UnknownMember(name: name)
        }
        let words = "`\(vacating.command.joined(separator: " "))`"
        turn.giveWay()
        note("waiting for \(words)")
        let result: Execution
        do {
            result = try await withDeadline(vacating.within, for: words) {
                try await host.execute(vacating.command, in: container, input: nil)
            }
        } catch let error as TimedOut {
            throw NotVacated(member: name, cause: error)
        }
        for line in textLines(result.errors) where !line.isEmpty { note(String(line)) }
        if result.status != 0 {
            throw NotVacated(member: name, cause: CommandFailure(command: vacating.command, result: result))
        }
        note("waiting for its end")
        try await halt(container)
    }

    /// The command by which a member that left the environment hands its workloads over, as its service
    /// defines it.
    private func leaving(_ container: String) -> Vacating? {
        executor.observed[container].flatMap { executor.desired.leaving[$0.service] }
    }
}

/// The error of a member that still runs workloads which it should have handed over; its pod was left as it is.
struct NotVacated: Error, CustomStringConvertible {
    let member: String
    let cause: any Error

    var description: String {
        "\(cause)\n\(member) stays as it is, and so does its pod; if its workloads may be lost, "
            + "`minke stop \(member)` and run this again"
    }
}
