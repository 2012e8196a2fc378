import Model
import Planning
import System

/// A plan that `plan --json` wrote, with the basis of each of its steps.
package struct SavedPlan {
    package let file: String
    private let saved: CloudPlan

    /// Reads the file; throws `Problems` where it cannot be read or is no plan.
    package init(file: String) throws {
        let remedy = "save one with `minke plan --json > plan.json`"
        self.file = file
        let bytes = try withGivenFiles(remedy: remedy) { try Files.readGiven(file, limit: 256_000_000) }
        do {
            let (plan, bases) = try Plan.read(try JSON.parse(bytes))
            saved = CloudPlan(plan: plan, bases: bases)
        } catch let problems as Problems where problems.all.count == 1 {
            throw Problems("\(file): \(problems.all[0].message)", remedy: problems.all[0].remedy)
        } catch {
            throw Problems("\(file) is no plan that `minke plan --json` wrote: \(error)", remedy: remedy)
        }
    }

    /// The plan; throws `Problems` where anything that a step rests on has changed.
    package func plan(fitting survey: Survey) throws -> Plan {
        let environment = saved.plan.environment
        guard environment == survey.desired.environment else {
            throw Problems("\(file) is a plan of environment \(environment), not \(survey.desired.environment)")
        }
        return try saved.plan(fitting: survey)
    }
}

extension Survey {
    /// The members that should run and have no running container at present.
    package func notRunning() async throws -> [String] {
        let running = Set(try await session.observe().containers.filter(\.isRunningMember).map(\.member))
        return desired.members.map(\.name).filter { !running.contains($0) }
    }
}
