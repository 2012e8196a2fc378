import Model

extension Planner {
    /// Numbers the drafts so that each comes after its dependencies, otherwise in the order of drafting.
    func ordered() -> [Step] {
        let dependencies = allDependencies()
        var numbers = [Int?](repeating: nil, count: drafts.count)
        var steps: [Step] = []
        steps.reserveCapacity(drafts.count)
        // Depth first, without recursion: chains of members can be thousands long.
        for root in drafts.indices where numbers[root] == nil {
            var stack: [(draft: Int, next: Int)] = [(root, 0)]
            var onStack: Set<Int> = [root]
            while let (draft, next) = stack.last {
                if next < dependencies[draft].count {
                    stack[stack.count - 1].next += 1
                    let dependency = dependencies[draft][next]
                    if numbers[dependency] == nil, onStack.insert(dependency).inserted {
                        stack.append((dependency, 0))
                    }
                    continue
                }
                stack.removeLast()
                onStack.remove(draft)
                var step = drafts[draft].step
                step.after = dependencies[draft].compactMap { numbers[$0] }.sorted()
                numbers[draft] = steps.count
                steps.append(step)
            }
        }
        return steps
    }

    /// The dependencies of each draft. A milestone that no draft reaches stands for the milestones that it waits for
    /// itself.
    func allDependencies() -> [[Int]] {
        var provider: [Milestone: Int] = [:]
        provider.reserveCapacity(drafts.count)
        for (index, draft) in drafts.enumerated() { provider[draft.step.milestone] = index }
        // Of a first plan, nobody asks it.
        lazy var waits = milestonesBefore()
        var resolved: [Milestone: [Int]] = [:]
        func steps(for milestone: Milestone) -> [Int] {
            if let index = provider[milestone] { return [index] }
            if let known = resolved[milestone] { return known }
            resolved[milestone] = []
            var found: [Int] = []
            for other in waits[milestone] ?? [] {
                for index in steps(for: other) where !found.contains(index) { found.append(index) }
            }
            resolved[milestone] = found
            return found
        }
        return drafts.enumerated().map { index, draft in
            var found: Set<Int> = []
            for milestone in draft.after + draft.order { found.formUnion(steps(for: milestone)) }
            found.remove(index)
            return found.sorted()
        }
    }

    /// The milestones that each milestone of the desired state waits for.
    func milestonesBefore() -> [Milestone: [Milestone]] {
        var waits: [Milestone: [Milestone]] = [:]
        for member in desired.members { waits[.member(member.name)] = member.after }
        for job in desired.jobs { waits[job.milestone] = job.after }
        for grant in desired.grants { waits[grant.milestone] = grant.after }
        for registration in desired.registrations {
            waits[.registration(service: registration.service)] = registration.after
        }
        return waits
    }
}
