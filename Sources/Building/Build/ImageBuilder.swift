import DockerEngine
import Model
import Recipes
import System

/// A builder of missing images, parents before children, several at once.
public struct ImageBuilder: Sendable {
    private let engine: Engine
    private let plan: ImagePlan
    private let options: BuildOptions
    private let observer: any BuildObserver

    /// Creates a builder of the images of a plan.
    public init(
        engine: Engine, plan: ImagePlan, options: BuildOptions = BuildOptions(),
        observer: any BuildObserver = SilentObserver()
    ) {
        self.engine = engine
        self.plan = plan
        self.options = options
        self.observer = observer
    }

    /// Makes sure that the engine has the images under their names, and reports the outcome for each.
    ///
    /// A failed build does not stop builds that do not need its image; see the report's `isSuccess`.
    ///
    /// - Throws: an error that concerns the whole run: an engine that does not answer, too little disk space,
    ///   cancellation.
    public func build(_ wanted: [PlannedImage]) async throws -> BuildReport {
        defer { observer.finish() }
        let clock = ContinuousClock()
        let start = clock.now
        var stock = try await OwnImages(engine)
        try await stock.verify(plan.images.map(\.identity), engine)
        var state = BuildState(plan: plan, wanted: wanted, stock: stock, options: options)
        try await tagPresent(&state, stock)
        if !state.missing.isEmpty {
            try await DiskSpace.check(engine, bytes: state.expectedBytes, options: options)
            let builds = state.missing.map(\.name)
            let present = wanted.filter { !builds.contains($0.name) }.count
            observer.observe(.planned(builds: builds, present: present))
            try await buildMissing(&state)
        }
        var report = state.report
        report.seconds = start.duration(to: clock.now).seconds
        return report
    }

    private func tagPresent(_ state: inout BuildState, _ stock: OwnImages) async throws {
        for (image, id) in state.present {
            let isTagged = stock.id(of: image.reference) == id
            if !isTagged { try await engine.tag(id, as: image.reference) }
            state.note(image, .present(tagged: !isTagged), id: id)
        }
    }

    private func buildMissing(_ state: inout BuildState) async throws {
        var schedule = BuildSchedule(state.nodes, limit: options.jobs)
        var cache: PackageCache?
        do {
            cache = try await carryOut(&schedule, &state)
        } catch {
            state.saveHistory()
            throw error
        }
        await cache?.stop()
        state.saveHistory()
    }

    private enum Result: Sendable {
        case built(id: String, bytes: Int, seconds: Double)
        case failed(BuildFailure)
    }

    /// Runs the schedule to its end and returns the package cache, which the caller must stop.
    private func carryOut(_ schedule: inout BuildSchedule, _ state: inout BuildState) async throws -> PackageCache? {
        var cache: PackageCache?
        do {
            try await withThrowingTaskGroup(of: (String, Result).self) { group in
                while !schedule.isFinished {
                    if cache == nil, let image = state.readyCacheImage { cache = await startCache(image, &state) }
                    for name in schedule.start() {
                        guard let image = plan[name] else { continue }
                        observer.observe(.started(name))
                        let job = BuildJob(
                            engine: engine, image: image, plan: plan, base: state.base(of: image),
                            proxy: name == PackageCache.recipe ? nil : cache?.address, options: options,
                            observer: observer)
                        group.addTask { (name, try await Self.run(job)) }
                    }
                    guard let (name, result) = try await group.next() else { break }
                    note(name, result, &schedule, &state)
                }
            }
        } catch {
            await cache?.stop()
            throw error
        }
        return cache
    }

    private func startCache(_ image: String, _ state: inout BuildState) async -> PackageCache? {
        state.cacheIsWanted = false
        do {
            return try await PackageCache.start(engine, image: image, suite: plan.release.debian)
        } catch {
            observer.observe(.note("building without a package cache: \(error)"))
            return nil
        }
    }

    private static func run(_ job: BuildJob) async throws -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let (id, bytes) = try await job.run()
            return .built(id: id, bytes: bytes, seconds: start.duration(to: clock.now).seconds)
        } catch let failure as BuildFailure {
            return .failed(failure)
        }
    }

    private func note(
        _ name: String, _ result: Result, _ schedule: inout BuildSchedule, _ state: inout BuildState
    ) {
        guard let image = plan[name] else { return }
        switch result {
        case .built(let id, let bytes, let seconds):
            schedule.finish(name)
            state.note(image, .built(seconds: seconds), id: id)
            state.remember(image, seconds: seconds, bytes: bytes)
            observer.observe(.built(name, seconds: seconds, bytes: bytes))
        case .failed(let failure) where name == PackageCache.recipe && state.isOnlyHelper(name):
            schedule.finish(name)
            state.cacheIsWanted = false
            observer.observe(.note("building without a package cache: \(failure)"))
        case .failed(let failure):
            state.note(image, .failed(failure), id: nil)
            observer.observe(.failed(failure))
            for lost in schedule.fail(name) {
                guard let image = plan[lost] else { continue }
                state.note(image, .skipped(because: name), id: nil)
                observer.observe(.skipped(lost, because: name))
            }
        }
    }
}
