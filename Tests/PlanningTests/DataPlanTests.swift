import Model
import TestEnvironments
import Testing

@testable import Planning

/// A vault whose treasure is in a volume of its own.
private func wanted(_ name: String = "vault1", from owner: String? = nil) -> DesiredState {
    var state = DesiredState.withNetwork(network: "minke-test")
    var member = DesiredMember(
        identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name), service: "vault",
        recipe: "vault", specification: ContainerSpecification())
    member.digest = "digest"
    member.specification.addresses = [IPv4Address(198, 18, 0, 2)]
    let volume = "test-\(owner ?? name)-treasure"
    member.specification.mounts = [.init(volume: volume, path: "/var/vault")]
    member.data = [
        DataVolume(
            name: volume, service: "vault", recipeName: "treasure", owner: owner ?? name, contents: "the treasure",
            isTakenOver: owner != nil)
    ]
    state.members = [member]
    return state
}

private func known(_ owner: String = "vault1", hostname: String? = nil) -> KnownVolume {
    KnownVolume(
        host: "local",
        volume: DataVolume(
            name: "test-\(owner)-treasure", service: "vault", recipeName: "treasure", owner: owner,
            contents: "the treasure", hostname: hostname))
}

private func observed(_ volumes: [String: String] = [:]) -> Observation {
    var observed = Observation(here: "local")
    observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
    observed.own.volumes = Dictionary(
        uniqueKeysWithValues: volumes.map { ($0.key, ObservedVolume(name: $0.key, created: $0.value)) })
    return observed
}

private func planned(_ state: DesiredState, _ observed: Observation, _ known: [KnownVolume]) throws -> Plan {
    var planner = Planner(desired: state, observed: observed, records: [:]) { _ in [] }
    planner.knownVolumes = known
    return try planner.plan()
}

@Suite struct DataPlanTests {
    @Test func saysNothingOfDataThatWasNeverThere() throws {
        let first = try planned(wanted(), observed(), [])
        #expect(first.steps.map(\.line) == ["create vault1: missing"])
        #expect(!first.isDestructive)
        let again = try planned(wanted(), observed(["test-vault1-treasure": "monday"]), [known()])
        #expect(again.steps.map(\.line) == ["create vault1: missing"])
        // Engines give another creation time where the volume's topmost folder has changed.
        let changed = try planned(wanted(), observed(["test-vault1-treasure": "tuesday"]), [known()])
        #expect(changed.steps.map(\.line) == ["create vault1: missing"])
    }

    @Test func asksWhereAVolumeIsGone() throws {
        let gone = try planned(wanted(), observed(), [known()])
        #expect(
            gone.steps.map(\.line) == [
                "create vault1: missing [without the treasure: volume test-vault1-treasure is gone; "
                    + "`minke down --volumes` and `minke restore ARCHIVE` bring a backup back]"
            ])
        #expect(gone.isDestructive)
        let value = try Plan.read(gone.value { _ in "" }).plan
        #expect(value.steps == gone.steps)
    }

    @Test func asksWhereDataWouldBeUsedNoMore() throws {
        let words =
            "the treasure in volume test-vault1-treasure, which would no longer be used; `data-of: vault1` "
            + "in safe's entry under `members:` takes it over"
        // The environment is down.
        let down = try planned(wanted("safe"), observed(["test-vault1-treasure": "monday"]), [known()])
        #expect(down.steps.map(\.without) == [words])
        // It is up, and an older program wrote nothing down.
        var up = observed(["test-vault1-treasure": "monday"])
        up.containers = [old()]
        #expect(
            try planned(wanted("safe"), up, []).steps.map(\.line) == [
                "remove vault1: not in the environment [destroys container test-vault1; its volumes stay]",
                "create safe: missing [without \(words)]",
            ])
        // Of another service it is nothing.
        var other = wanted("safe")
        other.members[0].data[0].service = "shop"
        #expect(
            try planned(other, observed(["test-vault1-treasure": "monday"]), [known()]).steps.map(\.without) == [nil])
    }

    @Test func asksWhereTheFileHasAnotherNameForTheEnvironment() throws {
        var old = known()
        old.volume.name = "old-vault1-treasure"
        var now = observed()
        now.own.foreignVolumes = ["old-vault1-treasure"]
        func without(_ former: FormerEnvironment?, _ observed: Observation) throws -> [String?] {
            var planner = Planner(desired: wanted(), observed: observed, records: [:]) { _ in [] }
            planner.former = former
            return try planner.plan().steps.map(\.without)
        }
        #expect(
            try without(FormerEnvironment(name: "old", volumes: [old]), now) == [
                "the treasure in volume old-vault1-treasure of environment old, as this file called it before; "
                    + "`name: old` keeps it"
            ])
        // Its data was removed.
        #expect(try without(FormerEnvironment(name: "old", volumes: [old]), observed()) == [nil])
        #expect(try without(nil, now) == [nil])
    }

    @Test func takesDataOverWhenTheOldMemberIsGone() throws {
        var up = observed(["test-vault1-treasure": "monday"])
        up.containers = [old()]
        let plan = try planned(wanted("safe", from: "vault1"), up, [known()])
        #expect(
            plan.steps.map { "\($0.line) after \($0.after)" } == [
                "remove vault1: not in the environment [destroys container test-vault1; its volumes stay] after []",
                "create safe: missing after [0]",
            ])
        let misspelt = try planned(wanted("safe", from: "vault7"), observed(), [known()])
        #expect(
            misspelt.steps.map(\.without) == [
                "the treasure: there is no volume test-vault7-treasure, which `data-of: vault7` names"
            ])
    }

    @Test func refusesAHostNameThatDataDoesNotBelongTo() {
        var state = wanted()
        state.members[0].data[0].hostname = "vault1.new"
        let there = observed(["test-vault1-treasure": "monday"])
        func messages(_ known: KnownVolume, _ observed: Observation) -> [String] {
            DataCheck(desired: state, observed: observed, known: [known])
                .problems(in: state.members, at: nil).map(\.message)
        }
        #expect(
            messages(known(hostname: "vault1.old"), there) == [
                "vault1 is known to others as vault1.old, and is to be vault1.new, under which its volume "
                    + "test-vault1-treasure is of no use"
            ])
        #expect(messages(known(hostname: "vault1.new"), there) == [])
        #expect(messages(known(), there) == [])
        #expect(messages(known(hostname: "vault1.old"), observed()) == [])
    }

    @Test func refusesWhatANetworkCannotBecome() {
        let state = wanted()
        let places: NetworkPlaces = ["minke-test": ["mtu": Place(file: "e", line: 3, column: 9)]]
        func messages(gateway: String = "198.18.0.1", mtu: Int? = nil, wanted: Int? = nil) -> [String] {
            var state = state
            state.networks["local"]?[0].mtu = wanted
            var now = observed()
            now.own.network = ObservedNetwork(
                id: "n", subnet: "198.18.0.0/24", gateway: gateway, isOurs: true, mtu: mtu)
            return Conflicts.findInNetworks(desired: state, observed: now, places: places).map(\.description)
        }
        #expect(messages() == [])
        #expect(messages(wanted: 1500) == [])
        #expect(messages(mtu: 1400, wanted: 1400) == [])
        #expect(
            messages(wanted: 1400) == [
                "e:3:9: network minke-test has mtu 1500, and 1400 is asked for; "
                    + "take the environment down and up again, or keep the old mtu"
            ])
        #expect(messages(mtu: 1400).count == 1)
        #expect(messages(gateway: "198.18.0.9").first?.contains("has gateway 198.18.0.9, and 198.18.0.1 is") == true)
    }

    private func old() -> ObservedContainer {
        var container = ObservedContainer(id: "old", name: "test-vault1", host: "local")
        container.service = "vault"
        container.member = "vault1"
        container.state = .running
        container.volumes = ["test-vault1-treasure"]
        return container
    }
}
