import Model

extension Planner {
    /// Makes steps that need the front wait until its interruption is over: jobs, registrations, and steps that take
    /// members from the front and give them back. Steps that the front itself waits for stay before it.
    mutating func draftFrontFirst() {
        let fronts = Set(desired.members.filter(\.isFront).map { Milestone.member($0.name) })
        let interrupting = drafts.indices.filter { index in
            guard fronts.contains(drafts[index].step.milestone) else { return false }
            switch drafts[index].step.action {
            case .replace, .restart: return true
            case .configure(_, _, _, let cost): return cost != .reload
            default: return false
            }
        }
        if interrupting.isEmpty { return }
        let before = draftsBefore(interrupting)
        let front = milestones(interrupting)
        for index in drafts.indices where !before.contains(index) {
            switch drafts[index].step.action {
            case .runJob, .register, .replace, .restart, .configure, .verify, .start, .vacate:
                drafts[index].order += front
            default: break
            }
        }
    }

    /// The given drafts and all drafts that they wait for.
    private func draftsBefore(_ indices: [Int]) -> Set<Int> {
        let dependencies = allDependencies()
        var found = Set(indices)
        var open = indices
        while let index = open.popLast() {
            for dependency in dependencies[index] where found.insert(dependency).inserted { open.append(dependency) }
        }
        return found
    }
}
