import Model
import TestEnvironments
import Testing

@testable import Planning

/// A small environment: a database, a service on it with a job and a grant, and a front.
private func wanted(keystones: Int = 1) -> DesiredState {
    var state = DesiredState.withNetwork(network: "minke-test")
    state.members.append(member("mariadb1", service: "mariadb", last: 2))
    for index in 1...keystones {
        var keystone = member("keystone\(index)", service: "keystone", last: UInt8(10 + index))
        keystone.replacement = .startFirst
        keystone.specification.addresses = [
            IPv4Address(198, 18, 0, UInt8(10 + index)), IPv4Address(198, 18, 0, UInt8(100 + index)),
        ]
        keystone.after = [
            .job(service: "keystone", name: "db-sync"), .grant(service: "keystone", requirement: "database"),
        ]
        state.members.append(keystone)
    }
    var front = member("haproxy1", service: "haproxy", last: 3)
    front.isFront = true
    state.members.append(front)
    var job = DesiredJob(
        service: "keystone", name: "db-sync", host: "local", region: "one", specification: ContainerSpecification())
    job.inputs = "job"
    job.anchor = "test-mariadb1-data"
    job.after = [.grant(service: "keystone", requirement: "database")]
    state.jobs = [job]
    var grant = DesiredGrant(service: "keystone", requirement: "database", provider: "mariadb1", exec: ["mariadb"])
    grant.inputs = "grant"
    grant.anchor = "test-mariadb1-data"
    grant.after = [.member("mariadb1")]
    state.grants = [grant]
    return state
}

private func member(_ name: String, service: String, last: UInt8) -> DesiredMember {
    var specification = ContainerSpecification()
    specification.image = "minke/\(service):epoxy-latest"
    specification.imageIdentity = "identity-\(service)"
    specification.addresses = [IPv4Address(198, 18, 0, last), IPv4Address(198, 18, 0, last)]
    var member = DesiredMember(
        identity: MemberIdentity(region: "one", host: "local", environment: "test", member: name), service: service,
        recipe: service, specification: specification)
    member.digest = "digest-\(name)"
    member.files = [FileDigest(path: "\(service).conf", digest: "1")]
    return member
}

/// What the engine shows once everything is done.
private func running(_ state: DesiredState) -> Observation {
    var observed = Observation(here: "local")
    observed.own.network = ObservedNetwork(id: "n", subnet: "198.18.0.0/24", gateway: "198.18.0.1", isOurs: true)
    observed.own.volumes = ["test-mariadb1-data": ObservedVolume(name: "test-mariadb1-data", created: "monday")]
    for member in state.members {
        let manifest = Manifest(
            files: Dictionary(uniqueKeysWithValues: member.files.map { ($0.path, $0.digest) }), entries: [:],
            parts: member.specification.parts)
        observed.containers.append(ObservedContainer(running: member, environment: "test", manifest: manifest))
    }
    return observed
}

private func done(_ state: DesiredState) -> [String: DoneRecord] {
    var records = [
        "job/keystone/db-sync": DoneRecord(inputs: "job", anchor: "monday"),
        "grant/keystone/database": DoneRecord(inputs: "grant", anchor: "monday"),
    ]
    for member in state.members {
        records["member/\(member.name)"] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
    }
    return records
}

private func lines(
    _ state: DesiredState, _ observed: Observation, _ records: [String: DoneRecord],
    files: @escaping (String) -> [RenderedFile] = { _ in [] }
) throws -> [String] {
    try Planner(desired: state, observed: observed, records: records, files: files).plan().steps.enumerated().map {
        "\($0.offset) \($0.element.line) after \($0.element.after)"
    }
}

@Suite struct PlannerTests {
    @Test func plansNothingWhereAllIsAsItShouldBe() throws {
        let state = wanted(keystones: 2)
        #expect(try lines(state, running(state), done(state)) == [])
    }

    @Test func restartsWhatKnowsOfAVolumeThatIsNoMore() throws {
        var state = wanted()
        state.members[1].anchors = ["test-mariadb1-data"]
        var records = done(state)
        records["member/keystone1"] = DoneRecord(inputs: "id-keystone1", anchor: "monday")
        #expect(try lines(state, running(state), records) == [])
        var observed = running(state)
        observed.own.volumes = ["test-mariadb1-data": ObservedVolume(name: "test-mariadb1-data", created: "tuesday")]
        #expect(
            try lines(state, observed, records) == [
                "0 grant database to keystone: volume test-mariadb1-data is new after []",
                "1 run keystone/db-sync: volume test-mariadb1-data is new after [0]",
                "2 restart keystone1: volume test-mariadb1-data is new after [0, 1]",
            ])
        // Where nothing was written down of it, nothing is concluded.
        records["member/keystone1"]?.anchor = nil
        #expect(try lines(state, observed, records).count == 2)
    }

    @Test func givesARenamedContainerItsNameAgain() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[0].name = "other"
        #expect(try lines(state, observed, done(state)) == ["0 rename mariadb1: it is called other after []"])
    }

    @Test func findsEverythingOfOthersThatIsInTheWay() {
        var state = wanted()
        state.members[0].specification.mounts = [.init(volume: "test-mariadb1-data", path: "/data")]
        var observed = Observation(here: "local")
        observed.own.foreignNames = ["test-keystone1.b", "test-keystone-db-sync", "another"]
        observed.own.foreignVolumes = ["test-mariadb1-data", "test-haproxy1-files", "another"]
        observed.own.foreignSubnets = [
            ForeignSubnet(network: "wide", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 16)),
            ForeignSubnet(network: "beside", subnet: IPv4Network(address: IPv4Address(198, 18, 1, 0), prefix: 24)),
        ]
        for member in state.members {
            observed.own.images[member.specification.image] = ObservedImage(id: "", identity: "", recipe: "")
        }
        #expect(
            Conflicts.find(desired: state, observed: observed).map(\.message) == [
                "mariadb1 needs the volume name test-mariadb1-data, which a volume of someone else has",
                "keystone1 needs the container name test-keystone1.b, which a container of someone else has",
                "haproxy1 needs the volume name test-haproxy1-files, which a volume of someone else has",
                "keystone/db-sync needs the container name test-keystone-db-sync, which a container of someone else has",
                "network minke-test is to have 198.18.0.0/24, and network wide has 198.18.0.0/16",
            ])
    }

    @Test func tellsWhereASubnetIsGivenThatTheNetworkDoesNotHave() {
        var state = wanted()
        var observed = running(state)
        for member in state.members {
            observed.own.images[member.specification.image] = ObservedImage(id: "", identity: "", recipe: "")
        }
        let place = Place(file: "lab.yaml", line: 3, column: 11)
        #expect(Conflicts.find(desired: state, observed: observed, places: ["minke-test": ["subnet": place]]) == [])
        state.networks["local"]?[0].subnet = IPv4Network(address: IPv4Address(198, 18, 4, 0), prefix: 24)
        #expect(
            Conflicts.find(desired: state, observed: observed, places: ["minke-test": ["subnet": place]]).map(
                \.description) == [
                    "lab.yaml:3:11: network minke-test has subnet 198.18.0.0/24, and 198.18.4.0/24 is asked for; "
                        + "take the environment down and up again, or keep the old subnet"
                ])
        observed.own.network = nil
        observed.own.foreignSubnets = [
            ForeignSubnet(network: "wide", subnet: IPv4Network(address: IPv4Address(198, 18, 0, 0), prefix: 16))
        ]
        #expect(
            Conflicts.find(desired: state, observed: observed, places: ["minke-test": ["subnet": place]]).map(\.place)
                == [place])
    }

    @Test func startsFromNothingInOrder() throws {
        #expect(
            try lines(wanted(), Observation(here: "local"), [:]) == [
                "0 create network minke-test: missing after []",
                "1 create mariadb1: missing after [0]",
                "2 grant database to keystone: not done yet after [0, 1]",
                "3 run keystone/db-sync: not done yet after [0, 2]",
                "4 create keystone1: missing after [0, 2, 3]",
                "5 create haproxy1: missing after [0]",
            ])
    }

    @Test func replacesMembersOfAServiceOneAfterAnother() throws {
        var state = wanted(keystones: 2)
        let observed = running(state)
        for index in state.members.indices where state.members[index].service == "keystone" {
            state.members[index].digest += "-new"
            state.members[index].specification.imageIdentity = "new"
        }
        #expect(
            try lines(state, observed, done(state)) == [
                "0 replace keystone1: image changed after []",
                "1 replace keystone2: image changed after [0]",
            ])
    }

    @Test func runsWorkAgainForANewVolume() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers.removeAll { $0.member == "mariadb1" }
        observed.own.volumes = [:]
        #expect(
            try lines(state, observed, done(state)) == [
                "0 create mariadb1: missing after []",
                "1 grant database to keystone: volume test-mariadb1-data is new after [0]",
                "2 run keystone/db-sync: volume test-mariadb1-data is new after [1]",
            ])
    }

    @Test func namesTheKeyThatChangedAndTheLightestMeans() throws {
        var state = wanted()
        var observed = running(state)
        let index = try #require(state.members.firstIndex { $0.name == "mariadb1" })
        state.members[index].files = [FileDigest(path: "mariadb.conf", digest: "2")]
        state.members[index].reload = .signal("HUP")
        for index in observed.containers.indices {
            observed.containers[index].manifest?.entries = ["mariadb.conf": ["[mysqld] max_connections": "300"]]
        }
        let file = RenderedFile(
            path: "mariadb.conf", text: "", mode: 0o600, owner: 0, cost: .restart,
            entries: [
                .init(section: "mysqld", key: "max_connections", value: "400", isSecret: false, cost: .reload)
            ])
        #expect(
            try lines(state, observed, done(state), files: { _ in [file] }) == [
                "0 reload mariadb1: mariadb.conf [mysqld] max_connections 300 -> 400 after []"
            ])
    }

    /// Also one that is no secret any more, or becomes one.
    @Test(arguments: [(true, true), (true, false), (false, true)])
    func hidesSecretsThatChanged(wasSecret: Bool, isSecret: Bool) throws {
        var state = wanted()
        var observed = running(state)
        state.members[0].files = [FileDigest(path: "mariadb.conf", digest: "2")]
        state.members[0].interrupts = "databases"
        for index in observed.containers.indices {
            let value = wasSecret ? Manifest.hidden("old") : "old"
            observed.containers[index].manifest?.entries = ["mariadb.conf": ["[a] b": value]]
        }
        let entry = RenderedFile.Entry(section: "a", key: "b", value: "new", isSecret: isSecret, cost: .restart)
        let file = RenderedFile(
            path: "mariadb.conf", text: "", mode: 0o600, owner: 0, cost: .reload, entries: [entry])
        #expect(
            try lines(state, observed, done(state), files: { _ in [file] }) == [
                "0 restart mariadb1: mariadb.conf [a] b changed (interrupts databases) after []"
            ])
    }

    @Test(arguments: [
        // What the interrupted change costs, and what of the files' former content is known: it is wanted again.
        (ChangeCost.reload, "300", "reload mariadb1: mariadb.conf was being changed"),
        (.restart, "300", "restart mariadb1: mariadb.conf was being changed"),
        (.reload, "400", "reload mariadb1: mariadb.conf [mysqld] max_connections 400 -> 300"),
        (.restart, "400", "restart mariadb1: mariadb.conf [mysqld] max_connections 400 -> 300"),
    ])
    func doesAnInterruptedChangeOfFilesAgain(cost: ChangeCost, former: String, line: String) throws {
        var state = wanted()
        var observed = running(state)
        let index = try #require(state.members.firstIndex { $0.name == "mariadb1" })
        state.members[index].reload = .signal("HUP")
        let known = try #require(observed.containers[index].manifest)
        let pending = try Value(encoding: known.pending(["mariadb.conf"], cost: cost))
        observed.containers[index].manifest = try pending.decode()
        observed.containers[index].manifest?.entries = ["mariadb.conf": ["[mysqld] max_connections": former]]
        let entry = RenderedFile.Entry(
            section: "mysqld", key: "max_connections", value: "300", isSecret: false, cost: .reload)
        let file = RenderedFile(
            path: "mariadb.conf", text: "", mode: 0o600, owner: 0, cost: .reload, entries: [entry])
        #expect(try lines(state, observed, done(state), files: { _ in [file] }) == ["0 \(line) after []"])
    }

    @Test func finishesAnInterruptedReplacement() throws {
        var state = wanted()
        var observed = running(state)
        let index = try #require(state.members.firstIndex { $0.name == "keystone1" })
        state.members[index].digest = "digest-new"
        var new = ObservedContainer(id: "id-new", name: "test-keystone1.b", host: "local")
        new.member = "keystone1"
        new.service = "keystone"
        new.digest = "digest-new"
        new.slot = .b
        new.state = .created
        new.manifest = Manifest(files: ["keystone.conf": "1"], entries: [:], parts: ValueMap())
        observed.containers.append(new)
        let plan = try Planner(desired: state, observed: observed, records: done(state), files: { _ in [] }).plan()
        #expect(
            plan.steps.map(\.action) == [
                .replace(
                    member: "keystone1", slot: .b, old: ["id-keystone1"], replacement: "id-new", order: .startFirst)
            ])
    }

    @Test(arguments: [
        // The state of a container in slot b beside the old one in slot a, whether it was seen healthy, and the slot
        // of the next one: never that of the container to go back to.
        (ObservedContainer.State.created, false, Slot.b), (.running, false, .b), (.running, true, .a),
        (.exited, false, .b),
    ])
    func replacesHalfOfAReplacementInItsOwnPlace(state: ObservedContainer.State, isHealthy: Bool, slot: Slot) throws {
        var wanted = wanted()
        var observed = running(wanted)
        var records = done(wanted)
        let index = try #require(wanted.members.firstIndex { $0.name == "keystone1" })
        wanted.members[index].digest = "digest-newest"
        var half = try #require(observed.containers.first { $0.member == "keystone1" })
        half.id = "half"
        half.name += ".b"
        half.digest = "digest-new"
        half.slot = .b
        half.state = state
        half.created = 1
        observed.containers.append(half)
        records["member/keystone1"] = isHealthy ? DoneRecord(inputs: "half", anchor: nil) : nil
        let plan = try Planner(desired: wanted, observed: observed, records: records, files: { _ in [] }).plan()
        #expect(
            plan.steps.map(\.action) == [
                .replace(
                    member: "keystone1", slot: slot, old: ["half", "id-keystone1"], replacement: nil,
                    order: .startFirst)
            ])
    }

    @Test func startsWhatWasStoppedAndProbesWhatWasNeverSeenHealthy() throws {
        let state = wanted()
        var observed = running(state)
        observed.containers[0].state = .exited
        var records = done(state)
        records["member/haproxy1"] = nil
        #expect(
            try lines(state, observed, records) == [
                "0 start mariadb1: stopped after []", "1 check haproxy1: not seen healthy yet after []",
            ])
    }

    @Test func asksBeforeRemovingWhatIsNotInTheEnvironment() throws {
        let state = wanted(keystones: 2)
        let observed = running(state)
        var smaller = state
        smaller.members.removeAll { $0.name == "keystone2" }
        let plan = try Planner(
            desired: smaller, observed: observed, records: done(smaller), files: { _ in [] }
        ).plan()
        #expect(
            plan.steps.map(\.line) == [
                "remove keystone2: not in the environment [destroys container test-keystone2; its volumes stay]"
            ])
        #expect(plan.isDestructive)
    }
}
