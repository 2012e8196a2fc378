import Layouts
import Model

/// A choice of containers by names: of members with their sidecars, of sidecars, or of services for all of their
/// members.
package struct MemberSelection {
    package let containers: [ObservedContainer]
    /// The members and services of the environment's file, where they are known.
    private let declared: [String]

    init(_ observed: Observation, declared layout: Layout? = nil) {
        self.init(
            containers: observed.containers.filter { $0.role == .member },
            declared: layout?.services.flatMap { service in
                [service.name] + service.members.flatMap { [$0.name] + service.sidecarNames(of: $0) }
            } ?? [])
    }

    init(containers: [ObservedContainer], declared: [String]) {
        self.containers = containers
        self.declared = declared
    }

    /// The containers that the names mean, or all where there is no name. Throws `Problems` for names that mean none.
    package func containers(named names: [String]) throws -> [ObservedContainer] {
        if names.isEmpty { return containers }
        var chosen: [ObservedContainer] = []
        var problems: [Problem] = []
        for name in names {
            let meant = containers.filter {
                $0.member == name || $0.sidecarOf == name || $0.service == name || $0.name == name
            }
            if meant.isEmpty { problems.append(unknown(name)) }
            for container in meant where !chosen.contains(container) { chosen.append(container) }
        }
        if !problems.isEmpty { throw Problems(problems) }
        return chosen
    }

    /// The running container of one member.
    package func running(_ name: String) throws -> ObservedContainer {
        let meant = try containers(named: [name])
        let running = meant.filter { $0.state == .running }
        // A command for a member or service is not meant for a sidecar.
        let chosen = running.first { $0.member == name || $0.name == name } ?? running.first { $0.sidecarOf == nil }
        guard let container = chosen else {
            throw Problems("\(name) does not run", remedy: "start it with `minke start \(name)`")
        }
        return container
    }

    private func unknown(_ name: String) -> Problem {
        if declared.contains(name) {
            return Problem("\(name) has no container", remedy: "bring the environment up first")
        }
        let known = Set(containers.flatMap { [$0.member, $0.service] } + declared).sorted()
        return Problem(
            "unknown member or service \(name)",
            remedy: Remedy.meant(by: name, among: known)
                ?? (known.isEmpty ? "bring the environment up first" : "there are \(known.joined(separator: ", "))"))
    }
}

extension Session {
    /// All members' containers, to choose from by the names that the environment's file has.
    package func memberSelection() async throws -> MemberSelection {
        MemberSelection(try await observe(), declared: await declaredLayout())
    }

    /// The members and services that the environment's file has; nil where that cannot be worked out.
    private func declaredLayout() async -> Layout? {
        guard let catalog = try? await catalog(), let kept = try? await state.addresses() else { return nil }
        return try? Layout(environment: environment, catalog: catalog, kept: kept)
    }
}
