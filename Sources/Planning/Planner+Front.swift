import Model

extension Planner {
    /// Has what goes through the front wait while the front is interrupted: jobs, registrations, and members that are
    /// taken from it and given back to it. What comes before the front stays before.
    mutating func draftFrontFirst() {
        let fronts = Set(desired.members.filter(\.isFront).map { Milestone.member($0.name) })
        let interrupting = drafts.indices.filter { index in
            guard let milestone = drafts[index].provides, fronts.contains(milestone) else { return false }
            switch drafts[index].step.action {
            case .replace, .restart: return true
            case .configure(_, _, _, let cost): return cost != .reload
            default: return false
            }
        }
        if interrupting.isEmpty { return }
        let before = draftsBefore(interrupting)
        for index in drafts.indices where !before.contains(index) {
            switch drafts[index].step.action {
            case .runJob, .register, .replace, .restart, .configure, .verify, .start, .vacate:
                drafts[index].afterDrafts += interrupting
            default: break
            }
        }
    }

    /// These drafts, and all that they wait for.
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
