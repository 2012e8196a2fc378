import Model
import TestEnvironments
import Testing

@testable import Planning

/// Two members of a service with a sidecar each, and of the first one with another.
private func wanted() -> DesiredState {
    var state = DesiredState.withNetwork(network: "minke-test")
    for number in 1...2 {
        var member = member("store\(number)")
        member.specification.addresses = Array(repeating: IPv4Address(198, 18, 0, UInt8(8 + number)), count: 2)
        member.interrupts = "the store"
        state.members += [member, sidecar("auditor", of: member.name)]
        if number == 1 { state.members.append(sidecar("reaper", of: member.name)) }
    }
    return state
}

private func member(_ name: String) -> DesiredMember {
    var specification = ContainerSpecification()
    specification.image = "minke/store:epoxy-latest"
    var member = DesiredMember(
        identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name), service: "store",
        recipe: "store", specification: specification)
    member.digest = "digest-\(name)"
    member.reload = .signal("HUP")
    return member
}

private func sidecar(_ name: String, of owner: String) -> DesiredMember {
    var sidecar = member("\(owner).\(name)")
    sidecar.specification.pod = owner
    sidecar.sidecarOf = owner
    sidecar.after = [.member(owner)]
    return sidecar
}

private func running(_ state: DesiredState) -> Observation {
    var observed = Observation(here: "local")
    observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
    for member in state.members {
        let files = Dictionary(member.files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let manifest = Manifest(files: files, entries: [:], parts: member.specification.parts)
        var container = ObservedContainer(running: member, environment: "test", manifest: manifest)
        container.pod = member.specification.pod.map { "id-\($0)" }
        container.sidecarOf = member.sidecarOf
        container.isOnNetwork = member.sidecarOf == nil
        observed.containers.append(container)
    }
    return observed
}

extension Observation {
    fileprivate subscript(name: String) -> ObservedContainer {
        get { containers.first { $0.member == name } ?? containers[0] }
        set { containers = containers.map { $0.member == name ? newValue : $0 } }
    }
}

private func lines(
    _ state: DesiredState, _ observed: Observation, departures: [Departure] = [],
    files: @escaping (String) -> [RenderedFile] = { _ in [] }
) throws -> [String] {
    var records: [String: DoneRecord] = [:]
    for container in observed.containers {
        records["member/\(container.member)"] = DoneRecord(inputs: container.id, anchor: nil)
    }
    return try Planner(desired: state, observed: observed, records: records, files: files).plan().steps
        .enumerated().map { "\($0.offset) \($0.element.line) after \($0.element.after)" }
}

@Suite struct SidecarPlanTests {
    @Test func startAfterTheirMembers() throws {
        #expect(
            try lines(wanted(), Observation(here: "local")) == [
                "0 create network minke-test: missing after []",
                "1 create store1: missing after [0]",
                "2 create store2: missing after [0]",
                "3 create store1.auditor: missing after [0, 1]",
                "4 create store1.reaper: missing after [0, 1]",
                "5 create store2.auditor: missing after [0, 2]",
            ])
    }

    @Test func areLeftAloneWhereAllIsAsItShouldBe() throws {
        #expect(try lines(wanted(), running(wanted())) == [])
    }

    @Test func areMendedByThemselves() throws {
        var observed = running(wanted())
        observed["store1.auditor"].state = .exited
        observed["store1.reaper"].health = "unhealthy"
        observed.containers.removeAll { $0.member == "store2.auditor" }
        #expect(
            try lines(wanted(), observed) == [
                "0 start store1.auditor: stopped after []",
                "1 restart store1.reaper: unhealthy after []",
                "2 create store2.auditor: missing after []",
            ])
    }

    /// They wait for their own member, and not for the turns of the service.
    @Test func areMadeAnewWithTheirMembers() throws {
        var observed = running(wanted())
        observed["store1"].digest = "old"
        observed["store2"].digest = "old"
        #expect(
            try lines(wanted(), observed) == [
                "0 replace store1: specification changed (interrupts the store) after []",
                "1 replace store2: specification changed (interrupts the store) after [0]",
                "2 replace store1.auditor: its member store1 is made anew after [0]",
                "3 replace store1.reaper: its member store1 is made anew after [0]",
                "4 replace store2.auditor: its member store2 is made anew after [1]",
            ])
        observed = running(wanted())
        observed.containers.removeAll { $0.member == "store1" }
        observed["store1.reaper"].state = .exited
        #expect(
            try lines(wanted(), observed) == [
                "0 create store1: missing after []",
                "1 replace store1.auditor: its member store1 is made anew after [0]",
                "2 replace store1.reaper: its member store1 is made anew after [0]",
            ])
    }

    @Test func startAgainWithTheirMembers() throws {
        var observed = running(wanted())
        observed["store1"].state = .exited
        observed["store1.reaper"].state = .exited
        #expect(
            try lines(wanted(), observed) == [
                "0 start store1: stopped after []",
                "1 restart store1.auditor: its member starts again after [0]",
                "2 start store1.reaper: stopped after [0]",
            ])
    }

    @Test func leaveANamespaceThatTheirMemberHasNoMore() throws {
        var observed = running(wanted())
        observed["store2.auditor"].pod = "another"
        #expect(
            try lines(wanted(), observed) == [
                "0 replace store2.auditor: it is in a namespace that its member store2 no longer has after []"
            ])
    }

    /// A state in which these have a file that is not in their containers any more as it should be.
    private func changed(
        _ names: [String], cost: ChangeCost, without reload: String? = nil
    ) throws -> [String] {
        var state = wanted()
        for index in state.members.indices where names.contains(state.members[index].name) {
            state.members[index].files = [FileDigest(path: "a", digest: "old")]
        }
        let observed = running(state)
        for index in state.members.indices {
            if !state.members[index].files.isEmpty { state.members[index].files[0].digest = "new" }
            if state.members[index].name == reload { state.members[index].reload = nil }
        }
        return try lines(state, observed) { _ in
            [RenderedFile(path: "a", text: "", mode: 0o600, owner: 0, cost: cost)]
        }
    }

    @Test func takeAFileByTheirOwnMeans() throws {
        #expect(
            try changed(["store1", "store1.auditor", "store1.reaper"], cost: .reload, without: "store1.reaper") == [
                "0 reload store1: a changed after []",
                "1 reload store1.auditor: a changed after [0]",
                "2 restart store1.reaper: a changed after [0]",
            ])
        #expect(try changed(["store1.auditor"], cost: .restart) == ["0 restart store1.auditor: a changed after []"])
        #expect(try changed(["store1.auditor"], cost: .replace) == ["0 replace store1.auditor: a changed after []"])
    }

    /// A sidecar does not run when its member has started again.
    @Test func areReplacedWhereTheirFilesChangeWithTheirMembersStart() throws {
        #expect(
            try changed(["store1", "store1.auditor"], cost: .restart) == [
                "0 restart store1: a changed (interrupts the store) after []",
                "1 replace store1.auditor: a changed after [0]",
                "2 restart store1.reaper: its member starts again after [0]",
            ])
    }

    @Test func areRemovedBeforeTheirMember() throws {
        var state = wanted()
        let observed = running(state)
        state.members.removeAll { $0.name.hasPrefix("store1") }
        #expect(
            try lines(state, observed) == [
                "0 remove store1.auditor: not in the environment [destroys container test-store1.auditor; its volumes "
                    + "stay] after []",
                "1 remove store1.reaper: not in the environment [destroys container test-store1.reaper; its volumes "
                    + "stay] after []",
                "2 remove store1: not in the environment [destroys container test-store1; its volumes stay] after "
                    + "[0, 1]",
            ])
    }

    @Test func thatAreNotWantedAnyMoreGoBeforeTheirMemberChanges() throws {
        var state = wanted()
        var observed = running(state)
        observed["store1"].digest = "old"
        state.members.removeAll { $0.name == "store1.reaper" }
        #expect(
            try lines(state, observed) == [
                "0 remove store1.reaper: not in the environment [destroys container test-store1.reaper; its volumes "
                    + "stay] after []",
                "1 replace store1: specification changed (interrupts the store) after [0]",
                "2 replace store1.auditor: its member store1 is made anew after [1]",
            ])
    }

    /// Only the member has something to give away, before its sidecars go.
    @Test func haveNothingToGiveAway() throws {
        var state = wanted()
        let observed = running(state)
        state.leaving["store"] = Vacating(command: ["leave"], within: .seconds(60), interrupts: nil)
        state.tellers = [Teller(service: "store", told: ["store"], after: [.member("store2")])]
        state.members.removeAll { $0.name.hasPrefix("store1") }
        #expect(
            try lines(state, observed).map { $0.replacing(#/ \[destroys[^\]]*\]/#, with: "") } == [
                "0 vacate store1: it goes for good after []",
                "1 remove store1.auditor: not in the environment after [0]",
                "2 remove store1.reaper: not in the environment after [0]",
                "3 remove store1: not in the environment after [0, 1, 2]",
                "4 withdraw store1 from store: it is gone for good after [3]",
            ])
    }
}
