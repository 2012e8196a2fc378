import Applying
import Model
import Planning
import System

/// A cloud: an environment's file, its remembered state, and the engines that it runs on.
///
/// It is looked at, planned for, changed, backed up and taken down; each call reads the files and the engines anew. It
/// knows no arguments and no terminal, and several processes may use one cloud: changes are made under the
/// environment's lock.
public struct Cloud: Sendable {
    private let places: CloudPlaces
    private let tell: @Sendable (String) -> Void

    /// - Parameter tell: receives notes for people, one line each.
    public init(_ places: CloudPlaces, tell: @escaping @Sendable (String) -> Void = { _ in }) {
        self.places = places
        self.tell = tell
    }

    /// The state of the cloud: the answers of its members, endpoints and APIs.
    ///
    /// - Throws: `Problems` for mistakes in files, and errors of engines that cannot be asked.
    public func status() async throws -> CloudStatus { try await session().survey().status() }

    /// The steps that make the cloud run as the environment's file says.
    ///
    /// - Parameter verifying: whether to inspect also what the engine's lists do not show, and to plan again everything
    ///   that can be verified.
    /// - Throws: `Problems` for mistakes in files and for conflicts with the hosts.
    public func plan(verifying: Bool = false) async throws -> CloudPlan {
        let survey = try await session().survey()
        return CloudPlan(try await survey.plan(verify: verifying), of: survey)
    }

    /// Carries a plan out, exactly. It can be stopped at any point by cancelling the task, and planned for again.
    ///
    /// - Parameter width: the number of steps that work at the same time.
    /// - Throws: `Problems` where anything that a step rests on has changed since, and then nothing is done;
    ///   `ApplyFailure` where steps have failed.
    public func apply(_ plan: CloudPlan, reporter: any Reporter, width: Int = 6) async throws {
        let session = try session()
        let lock = try await session.lock(for: "apply")
        defer { lock.release() }
        let survey = try await session.survey()
        let steps = try plan.plan(fitting: survey)
        try await session.claim(takingOver: false)
        try await survey.apply(steps, reporter: reporter, width: width)
    }

    /// Removes the cloud's containers and networks, and with `volumes` its data and its remembered state.
    ///
    /// - Throws: `ApplyFailure` where steps have failed.
    public func takeDown(volumes: Bool, reporter: any Reporter) async throws {
        let session = try session(restoredInPart: true)
        let lock = try await session.lock(for: "take down")
        defer { lock.release() }
        try await session.teardown(withVolumes: volumes).takeDown(reporter: reporter)
    }

    func session(restoredInPart: Bool = false) throws -> Session {
        try Session(places, restoredInPart: restoredInPart, tell: tell)
    }
}
