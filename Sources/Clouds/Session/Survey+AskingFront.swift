import Applying
import Model

extension Survey {
    /// Asks the running members of the front for the state of the servers behind it.
    package func frontServers() async -> [FrontServer] {
        var servers: [FrontServer] = []
        let fronts = Set(desired.members.filter(\.isFront).map(\.name))
        for container in observed.containers where container.isRunningMember && fronts.contains(container.member) {
            // A member that does not answer is reported by its own probe.
            servers += (await session.frontState(of: container) ?? []).compactMap { FrontServer($0) }
        }
        return servers
    }
}

extension Session {
    /// The servers behind a member of the front, as it reports them; nil where it does not answer.
    func frontState(of container: ObservedContainer) async -> [Value]? {
        guard
            let result = try? await host(of: container).execute(["front-state"], in: container.id, input: nil),
            result.status == 0
        else { return nil }
        return try? JSON.parse(result.output).list
    }
}
