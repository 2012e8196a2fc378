/// A serial executor for an actor whose work blocks: on threads outside Swift's cooperative pool, one at a time.
public final class BlockingExecutor: SerialExecutor {
    private struct Jobs: Sendable {
        var waiting: [UnownedJob] = []
        /// Whether a thread is at work on them.
        var isRunning = false
    }

    private let jobs = Locked(Jobs())

    /// Creates an executor, which has a thread only while it has work.
    public init() {}

    /// Takes a job, which runs after those that were taken before.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let needsThread = jobs.withLock { jobs in
            jobs.waiting.append(job)
            defer { jobs.isRunning = true }
            return !jobs.isRunning
        }
        if needsThread { ThreadPool.shared.run { self.runAll() } }
    }

    /// Returns a reference for Swift's runtime, which does not keep the executor alive.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    private func runAll() {
        while let job = next() { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    private func next() -> UnownedJob? {
        jobs.withLock { jobs in
            if jobs.waiting.isEmpty {
                jobs.isRunning = false
                return nil
            }
            return jobs.waiting.removeFirst()
        }
    }
}
