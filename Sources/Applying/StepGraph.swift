import Model

/// Runs steps, each after those that it waits for, a limited number at a time.
struct StepGraph {
    let steps: [Step]
    /// How many run together.
    let width: Int

    enum Result: Sendable {
        case finished
        case failed(any Error)
    }

    /// Calls `work` for every step whose dependencies finished. Steps behind a failed one are returned, never begun.
    /// Cancelling the task cancels the running steps and begins no more.
    func run(_ work: @escaping @Sendable (Int) async throws -> Void) async -> (
        failed: [(Int, any Error)], skipped: [Int]
    ) {
        var waiting = steps.map { Set($0.after) }
        var dependents = [[Int]](repeating: [], count: steps.count)
        for (index, step) in steps.enumerated() {
            for dependency in step.after { dependents[dependency].append(index) }
        }
        var ready = steps.indices.filter { waiting[$0].isEmpty }
        var failed: [(Int, any Error)] = []
        var done = Set<Int>()
        await withTaskGroup(of: (Int, Result).self) { group in
            var running = 0
            while true {
                while running < width, !ready.isEmpty, !Task.isCancelled {
                    let index = ready.removeFirst()
                    running += 1
                    group.addTask {
                        do {
                            try await work(index)
                            return (index, .finished)
                        } catch {
                            return (index, .failed(error))
                        }
                    }
                }
                guard let (index, result) = await group.next() else { break }
                running -= 1
                done.insert(index)
                switch result {
                case .failed(let error): failed.append((index, error))
                case .finished:
                    for dependent in dependents[index] {
                        waiting[dependent].remove(index)
                        if waiting[dependent].isEmpty { ready.append(dependent) }
                    }
                    ready.sort()
                }
            }
        }
        return (failed, steps.indices.filter { !done.contains($0) })
    }
}
