import Model

extension StepContext {
    /// Puts a new container in place of the old ones, in the order that the recipe asks for.
    func replace(
        _ name: String, slot: Slot, old: [String], replacement: String?, order: Replacement
    ) async throws {
        let member = try member(name)
        var kept: [String] = []
        for id in old {
            guard let container = executor.observed[id] else { continue }
            // There is no way back to a container in the network namespace of a pod that was replaced.
            let isStranded = member.specification.pod.map { executor.containers[$0] != container.pod } ?? false
            let isInTheWay = replacement == nil && container.slot == slot || isStranded
            switch container.state {
            case .running, .restarting:
                if isInTheWay { try await retire(container, of: member) } else { kept.append(id) }
            case .exited, .paused:
                // A container that cannot run beside the new one is kept, to go back to.
                if order == .stopFirst, !isInTheWay { kept.append(id) } else { try await discard(id) }
            case .created, .dead, .removing:
                try await discard(id)
            }
        }
        // Made while the old ones serve, which takes its time off a pause.
        let made: String
        if let replacement {
            made = replacement
        } else {
            made = try await makeReplacement(name, slot: slot, keeping: kept)
        }
        switch order {
        case .startFirst:
            try await startReplacement(made, of: member, slot: slot, falling: kept)
            turn.settle()
            for container in kept.compactMap({ executor.observed[$0] }) { try await retire(container, of: member) }
            executor.containers[name] = made
        case .stopFirst:
            try await withoutRequests(member, slot: slot) {
                if !kept.isEmpty { note("waiting for the end of the old container") }
                for container in kept { try await halt(container) }
                try await startReplacement(made, of: member, slot: slot, falling: kept)
            }
            for container in kept { try await discard(container) }
        }
    }

    /// Makes the new container, and returns its id.
    private func makeReplacement(_ name: String, slot: Slot, keeping old: [String]) async throws -> String {
        do {
            return try await make(name, slot: slot)
        } catch let error where !old.isEmpty && !(error is CancellationError) {
            throw KeptOld(member: name, cause: error)
        }
    }

    /// Drains, stops and removes an old container that serves.
    private func retire(_ container: ObservedContainer, of member: DesiredMember) async throws {
        try await drain(member, slot: container.slot)
        note("waiting for the end of the old container")
        try await halt(container.id)
        try await discard(container.id)
    }

    /// Starts the new container and waits for it; where it does not become healthy, removes it and starts the old ones
    /// again.
    private func startReplacement(
        _ made: String, of member: DesiredMember, slot: Slot, falling back: [String]
    ) async throws {
        do {
            try await host.start(made)
            try await confirm(member.name, container: made, slot: slot)
        } catch {
            if back.isEmpty || error is CancellationError { throw error }
            try? await halt(made)
            try? await discard(made)
            try await goBack(to: back, of: member, cause: error)
            throw KeptOld(member: member.name, cause: error)
        }
    }

    /// Starts old containers again and waits until they are healthy.
    private func goBack(to old: [String], of member: DesiredMember, cause: any Error) async throws {
        do {
            for container in old { try await resume(container) }
            executor.containers[member.name] = old.last
            for container in old {
                if let probe = member.probe {
                    let address = member.specification.address(in: slot(of: container))
                    try await waitUntilHealthy(
                        member: member.name, probe: probe, address: address, container: container)
                }
                try await resumeSidecars(of: container)
            }
        } catch let error where !(error is CancellationError) {
            throw LostOld(member: member.name, cause: cause, answer: error)
        }
    }

    // MARK: The front

    /// A running container of the front and its host.
    private struct Front {
        let container: String
        let host: any HostEngine
    }

    private var fronts: [Front] {
        executor.desired.members.filter(\.isFront).compactMap { member in
            guard let container = executor.containers[member.name], let host = executor.hosts[member.identity.host]
            else { return nil }
            return Front(container: container, host: host)
        }
    }

    /// Runs `body`, which interrupts a member and confirms it, while the front sends the member no requests.
    func withoutRequests(_ member: DesiredMember, slot: Slot, _ body: () async throws -> Void) async throws {
        if member.backends.isEmpty || fronts.isEmpty { return try await body() }
        // If this run ends here, the next one finds no record, confirms the member, and so lets its requests in again.
        try await recorder.forget(.member(member.name))
        try await drain(member, slot: slot)
        do {
            try await body()
        } catch {
            try? await awaitFront(member, slot: slot, seconds: 5)
            throw error
        }
    }

    /// Waits until the front sends requests to a server. A server that the front does not know yet is added to it
    /// later.
    func awaitFront(_ member: DesiredMember, slot: Slot, seconds: Int = 60) async throws {
        for (arguments, front) in frontCalls("front-ready", member: member, slot: slot, seconds: seconds) {
            note("waiting until the front sends it requests")
            let result = try await front.host.execute(arguments, in: front.container, input: nil)
            if result.status != 0, result.status != Self.unknownServer {
                throw CommandFailure(command: arguments, result: result)
            }
        }
    }

    /// The exit code of the front's tools for a server that its configuration does not have.
    private static let unknownServer = 3

    /// Stops new requests to a server, and waits for those in flight as long as the recipe says.
    func drain(_ member: DesiredMember, slot: Slot) async throws {
        let calls = frontCalls("front-drain", member: member, slot: slot, seconds: Int(member.drain.seconds))
        for (arguments, front) in calls {
            note("waiting for the end of requests in flight, \(Int(member.drain.seconds)) s at most")
            let result = try await front.host.execute(arguments, in: front.container, input: nil)
            // Requests that are still in flight have the container's own grace period left.
            if result.status != 0 { note(result.errors.trimmedLines(last: 1)) }
        }
    }

    private func frontCalls(
        _ command: String, member: DesiredMember, slot: Slot, seconds: Int
    ) -> [(arguments: [String], front: Front)] {
        frontCalls(command, backends: member.backends, server: member.server(in: slot), seconds: seconds)
    }

    private func frontCalls(
        _ command: String, backends: [String], server: String, seconds: Int
    ) -> [(arguments: [String], front: Front)] {
        fronts.flatMap { front in
            backends.map { backend in ([command, backend, server, "\(seconds)"], front) }
        }
    }

    /// Drains a container that is to be stopped, where the front knows it and is not stopped as well.
    func drainStopped(_ name: String, container: String) async throws {
        let fronts = Set(executor.desired.members.filter(\.isFront).map(\.name))
        let stopsFront = executor.plan.steps.contains { step in
            if case .stop(let member, _) = step.action { fronts.contains(member) } else { false }
        }
        if stopsFront { return }
        // Without this record, the next run has the front send requests to a container that was not stopped after all.
        try await drain(departing: name, container: container) { try await recorder.forget(.member(name)) }
    }

    /// Drains a container that is to be removed or stopped, where the front knows it.
    ///
    /// - Parameter before: called where there is something to drain.
    func drain(departing name: String, container: String, before: () async throws -> Void = {}) async throws {
        guard let observed = executor.observed[container], observed.state == .running, observed.sidecarOf == nil,
            let sibling = executor.desired.members.first(where: { $0.service == observed.service })
        else { return }
        let server = sibling.serverSlot(of: observed.slot).serverName(member: name)
        let seconds = Int(sibling.drain.seconds)
        let calls = frontCalls("front-drain", backends: sibling.backends, server: server, seconds: seconds)
        if calls.isEmpty { return }
        try await before()
        note("waiting for the end of requests in flight, \(seconds) s at most")
        for (arguments, front) in calls {
            _ = try await front.host.execute(arguments, in: front.container, input: nil)
        }
    }
}

/// The error of a new container that did not become healthy; the old one goes on serving.
struct KeptOld: Error, CustomStringConvertible {
    let member: String
    let cause: any Error
    var description: String { "\(cause)\nthe old container of \(member) serves on" }
}

/// The error of a member that did not become healthy after a change, nor after the change was undone.
struct LostOld: Error, CustomStringConvertible {
    let member: String
    let cause: any Error
    let answer: any Error
    var description: String { "\(cause)\n\(member) could not go back to how it was before: \(answer)" }
}
