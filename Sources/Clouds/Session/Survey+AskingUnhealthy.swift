import Applying
import Model

extension Survey {
    /// The observation, in which members that the engine calls unhealthy are not if their own probes are answered.
    ///
    /// The engine's answer may be old: after a container was paused or committed, it is "unhealthy" until the next
    /// check. And the check runs inside the container, where a service may not be reached that others do reach.
    package func askingUnhealthy(_ observed: Observation) async throws -> Observation {
        var observed = observed
        let prober = DirectProber()
        let members = Dictionary(desired.members.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for index in observed.containers.indices where observed.containers[index].isUnhealthyMember {
            let container = observed.containers[index]
            guard let member = members[container.member], let probe = member.probe else { continue }
            let answer = await prober.tryOnce(
                probe, address: member.specification.address(in: container.slot), container: container.id,
                on: try session.host(of: container))
            if answer.isHealthy { observed.containers[index].health = nil }
        }
        return observed
    }
}

extension ObservedContainer {
    package var isUnhealthyMember: Bool { isRunningMember && health == "unhealthy" }
}
