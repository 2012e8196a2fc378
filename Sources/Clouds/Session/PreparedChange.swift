import Applying
import Model
import System

/// A change of a cloud that is worked out and waits for the user's consent.
package struct PreparedChange: Sendable {
    package let plan: Plan
    private let survey: Survey
    private let isSaved: Bool
    /// Whether there is nothing to do at all, whatever a saved plan has.
    private let isAsWanted: Bool

    fileprivate init(_ plan: Plan, of survey: Survey, isSaved: Bool, isAsWanted: Bool) {
        self.plan = plan
        self.survey = survey
        self.isSaved = isSaved
        self.isAsWanted = isAsWanted
    }

    /// Remembers the basis of an empty plan, and that there was nothing to do, for the next run at these places.
    package func keepNothingToDo(at places: CloudPlaces) throws {
        try survey.remember()
        if isAsWanted { survey.rememberNothingToDo(places) }
    }

    /// Carries the plan out.
    ///
    /// - Parameters:
    ///   - width: the number of steps that work at the same time.
    ///   - traceFile: the file that gets the times of steps, also where one has failed; nil for none.
    /// - Throws: `Problems` where the environment is another's or the file cannot be written, `ApplyFailure` where
    ///   steps have failed.
    package func carryOut(reporter: any Reporter, width: Int, traceFile: String?) async throws {
        guard let traceFile else { return try await survey.apply(plan, reporter: reporter, width: width) }
        let trace = TraceReporter(reporter, environment: plan.environment)
        // A file that cannot be written is noticed before the work, not after it.
        try withGivenFiles { try trace.write(to: traceFile) }
        do {
            try await survey.apply(plan, reporter: trace, width: width)
        } catch {
            try trace.write(to: traceFile)
            throw error
        }
        try trace.write(to: traceFile)
    }

    /// The members that do not run although the plan was carried out: a saved one leaves out members that have stopped
    /// since.
    package func notRunning() async throws -> [String] { isSaved ? try await survey.notRunning() : [] }
}

extension Session {
    /// Works the change out, after pulling the images that hosts lack. The caller has the environment's lock.
    ///
    /// - Parameters:
    ///   - saved: the plan to carry out; nil for a new one.
    ///   - verifying: whether to inspect also what the engine's lists do not show, and to plan again everything that
    ///     can be verified.
    /// - Throws: `Problems` for conflicts with the hosts.
    package func prepareChange(
        saved: SavedPlan?, verifying: Bool, progress: any WorkProgress
    ) async throws -> PreparedChange {
        var survey = try await survey()
        if try await pullMissingImages(survey, progress: progress) { survey = try await self.survey() }
        var fresh = try await survey.plan(verify: verifying)
        // An empty plan asks the user nothing, so the environment is claimed here; the work of another state folder is
        // known only then.
        if fresh.isEmpty, try !isOwn(survey.observed), try await claim(takingOver: false) {
            survey = try await self.survey()
            fresh = try await survey.plan(verify: verifying)
        }
        let plan = try saved?.plan(fitting: survey) ?? fresh
        return PreparedChange(plan, of: survey, isSaved: saved != nil, isAsWanted: fresh.isEmpty)
    }
}
