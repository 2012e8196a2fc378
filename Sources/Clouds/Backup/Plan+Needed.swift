import Model

extension Plan {
    /// The steps that make networks or start the members of some services, with all steps that these wait for.
    func steps(neededBy services: Set<String>, in desired: DesiredState) -> Plan {
        let wanted = Set(desired.members.filter { services.contains($0.service) && $0.sidecarOf == nil }.map(\.name))
        var kept: Set<Int> = []
        for number in steps.indices.reversed() {
            var isWanted = kept.contains(number)
            if case .create(let member, _, _) = steps[number].action, wanted.contains(member) { isWanted = true }
            if case .createNetwork = steps[number].action { isWanted = true }
            guard isWanted else { continue }
            kept.insert(number)
            kept.formUnion(steps[number].after)
        }
        var numbers: [Int: Int] = [:]
        var plan = Plan(environment: environment, here: here)
        for number in kept.sorted() {
            var step = steps[number]
            step.after = step.after.compactMap { numbers[$0] }
            numbers[number] = plan.steps.count
            plan.append(step)
        }
        return plan
    }
}
