import Model
import System

/// Finds the containers that the names on a command line mean: members, or services for all of their members.
struct MemberSelection {
    let containers: [ObservedContainer]

    init(_ observed: Observation) {
        containers = observed.containers.filter { $0.role == .member }
    }

    /// The containers of the names, all of them where there is no name. Throws `Problems` for names that mean none.
    func containers(named names: [String]) throws -> [ObservedContainer] {
        if names.isEmpty { return containers }
        var chosen: [ObservedContainer] = []
        var problems: [Problem] = []
        for name in names {
            let meant = containers.filter { $0.member == name || $0.service == name || $0.name == name }
            if meant.isEmpty { problems.append(unknown(name)) }
            for container in meant where !chosen.contains(container) { chosen.append(container) }
        }
        if !problems.isEmpty { throw Problems(problems) }
        return chosen
    }

    /// The running container of one member.
    func running(_ name: String) throws -> ObservedContainer {
        let meant = try containers(named: [name])
        guard let container = meant.first(where: { $0.state == .running }) else {
            throw Problems("\(name) does not run", remedy: "start it with `minke start \(name)`")
        }
        return container
    }

    private func unknown(_ name: String) -> Problem {
        let known = Set(containers.flatMap { [$0.member, $0.service] }).sorted()
        return Problem(
            "no member or service \(name) has a container",
            remedy: nearestName(to: name, among: known).map { "did you mean \($0)?" }
                ?? (known.isEmpty ? "bring the environment up first" : "there are \(known.joined(separator: ", "))"))
    }
}
